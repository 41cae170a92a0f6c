using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>
/// With <c>-mt</c> MSBuild runs the tasks in task hosts and drops the telemetry that is raised there. The publish must stay the same, and so must the
/// events in the store and in the preview.
/// </summary>
[TestClass]
public sealed class MultithreadedTests
{
    private static readonly Dictionary<string, (Scenario Scenario, string[] Outcomes)> Scenarios = new(StringComparer.Ordinal)
    {
        [CoreScenarios.Success.Name] = (CoreScenarios.Success, ["sdk/container/inference", "sdk/container/publish/success"]),
        [CoreScenarios.PushRefused.Name] = (CoreScenarios.PushRefused, ["sdk/container/inference", "sdk/container/publish/error credential_failure"]),
        [CoreScenarios.BaseImageMissing.Name] = (CoreScenarios.BaseImageMissing, ["sdk/container/inference", "sdk/container/publish/error unknown_repository"]),
        [CoreScenarios.Archive.Name] = (CoreScenarios.Archive, ["sdk/container/inference", "sdk/container/publish/success"]),
        [CoreScenarios.RuntimeMissing.Name] = (CoreScenarios.RuntimeMissing, ["sdk/container/inference", "sdk/container/publish/error rid_mismatch"]),
    };

    private static readonly ScenarioBatches Batches = new(Scenarios.Values.Select(publish => publish.Scenario with { Arguments = ["-mt"] }));

    public static IEnumerable<object[]> Names => Scenarios.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Publish_works_and_is_observed(string name)
    {
        (Scenario scenario, string[] outcomes) = Scenarios[name];

        PublishResult result = await Batches.PublishAsync(scenario);
        IReadOnlyList<OtlpJsonRecord> events = await Batches.StoredAsync(scenario);

        Assert.AreEqual(scenario.Succeeds, result.ExitCode == 0, result.StandardOutput);
        CollectionAssert.AreEqual(outcomes, events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
        Assert.AreEqual("TaskHost", events[0].Resource["containers_telemetry.msbuild.node_mode"]);
    }

    /// <summary>The terminal also sends Ctrl+C to the task hosts.</summary>
    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Ctrl+C cannot be sent to one process tree on Windows.")]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Ctrl_C_is_no_failure(bool isBracketed)
    {
        var hang = new Fault(FaultDirection.Push, FaultEffect.Hang);
        Scenario scenario = (isBracketed ? BracketTests.Bracketed(CoreScenarios.Success) : CoreScenarios.Success) with
        {
            Arrange = stage =>
            {
                stage.Registry.Faults.Set("team/app", hang);
                stage.Interrupt = hang.Reached;
            },
        };

        PublishResult result = await PublishAsync(scenario);

        Assert.AreNotEqual(0, result.ExitCode);
        CollectionAssert.AreEqual(
            new[] { "sdk/container/inference", "sdk/container/publish/error canceled" }, PreviewFile.Outcomes(result), result.StandardOutput);
    }

    [TestMethod]
    public async Task Publish_without_a_preview_is_that_of_the_SDK()
    {
        Scenario scenario = CoreScenarios.Success with { Arguments = ["-mt"] };

        PublishResult with = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(scenario);

        ScenarioRun.AssertSamePublish(without, with);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task Settings_of_several_projects_stay_apart(int nodes)
    {
        Scenario scenario = SolutionTests.OneOfThreeIsRefused with { Arguments = [.. SolutionTests.OneOfThreeIsRefused.Arguments, "-mt", $"-m:{nodes}"] };

        PublishResult result = await PublishAsync(scenario);

        Assert.AreNotEqual(0, result.ExitCode);
        CollectionAssert.AreEqual(new[] { "sdk/container/inference", "sdk/container/publish/success" }, PreviewFile.Outcomes(result, "app1"));
        CollectionAssert.AreEqual(new[] { "sdk/container/inference", "sdk/container/publish/error credential_failure" }, PreviewFile.Outcomes(result, "app2"));
        CollectionAssert.AreEqual(new[] { "sdk/container/inference", "sdk/container/publish/success" }, PreviewFile.Outcomes(result, "app3"));
    }

    private static async Task<PublishResult> PublishAsync(Scenario scenario) => await ScenarioRun.PublishAsync(
        scenario with { Properties = [.. scenario.Properties, (PreviewFile.Property, "true")] },
        await PackageUnderTest.Feed,
        request => request with { Arguments = ["-mt", .. request.Arguments] });
}
