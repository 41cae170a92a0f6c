using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Each scenario as a real publish: the events are exactly those that are true, and nothing else about the publish is different.</summary>
[TestClass]
public sealed class ScenarioTests
{
    private static readonly Dictionary<string, Scenario> Scenarios =
        RegistryKindScenarios.All()
            .Concat(FaultScenarios.All())
            .Concat(CredentialScenarios.All())
            .Concat(ConfigurationScenarios.All())
            .Concat(LocalScenarios.All())
            .Concat(InferenceScenarios.All())
            .Concat(MultiArchScenarios.All())
            .ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    private static readonly ScenarioBatches Batches = new(Scenarios.Values.Where(scenario => scenario.SharesProcess));

    /// <summary>Only a row that is text becomes a test of its own, which can run beside others.</summary>
    public static IEnumerable<object[]> Names => Scenarios.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Publish_tells_the_truth_and_changes_nothing(string name)
    {
        Scenario scenario = Scenarios[name];

        (PublishResult with, PublishResult? without) = scenario.SharesProcess ? await Batches.PublishBothAsync(scenario) : await PublishAloneAsync(scenario);

        ScenarioRun.AssertTruth(scenario, with);
        if (scenario.IsRepeatable)
        {
            ScenarioRun.AssertSamePublish(without!, with);
        }
    }

    private static async Task<(PublishResult With, PublishResult? Without)> PublishAloneAsync(Scenario scenario)
    {
        if (!scenario.IsRepeatable)
        {
            return (await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed), null);
        }

        return (await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed), await ScenarioRun.PublishWithoutPackageAsync(scenario));
    }
}
