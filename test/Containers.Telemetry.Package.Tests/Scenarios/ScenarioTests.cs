using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Each scenario as a real publish: the events are exactly those that are true, and nothing else about the publish is different.</summary>
[TestClass]
public sealed class ScenarioTests
{
    public static IEnumerable<object[]> Scenarios =>
        RegistryKindScenarios.All()
            .Concat(FaultScenarios.All())
            .Concat(ConfigurationScenarios.All())
            .Concat(LocalScenarios.All())
            .Concat(InferenceScenarios.All())
            .Concat(MultiArchScenarios.All())
            .Select(scenario => new object[] { scenario });

    public static string Describe(System.Reflection.MethodInfo method, object[] data) => ((Scenario)data[0]).Name;

    [TestMethod]
    [DynamicData(nameof(Scenarios), DynamicDataDisplayName = nameof(Describe))]
    public async Task Publish_tells_the_truth_and_changes_nothing(Scenario scenario)
    {
        PublishResult with = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed);

        Assert.AreEqual(scenario.Succeeds, with.ExitCode == 0, with.StandardOutput);
        CollectionAssert.AreEqual(
            scenario.Events.Select(e => e.ToString()).ToList(),
            with.ContainerEvents.Select(ScenarioRun.Describe).ToList(),
            $"Raised:\n{string.Join('\n', with.ContainerEvents.Select(ScenarioRun.Describe))}\n{with.StandardOutput}");

        if (scenario.IsRepeatable)
        {
            PublishResult without = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.InertFeed);
            ScenarioRun.AssertSamePublish(without, with);
        }
    }
}
