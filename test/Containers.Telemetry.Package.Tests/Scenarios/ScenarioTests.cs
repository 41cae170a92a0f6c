using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Runs each scenario as a real publish. Its events are exactly the expected ones, and the package changes nothing else.</summary>
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

    /// <summary>Text rows become separate tests, which can run in parallel.</summary>
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
        PublishResult with = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);
        return (with, scenario.IsRepeatable ? await ScenarioRun.PublishWithoutPackageAsync(scenario) : null);
    }
}
