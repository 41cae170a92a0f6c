using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>
/// All tasks run in a .NET task host beside the build process. Visual Studio and MSBuild on .NET Framework run the SDK's tasks in this way.
/// </summary>
[TestClass]
public sealed class TaskHostTests
{
    private const string Inference = "sdk/container/inference";
    private const string Success = "sdk/container/publish/success";
    private const string Error = "sdk/container/publish/error";
    private const string App = "team/app";

    private static readonly (string Name, string Value)[] OutOfProcess = [("MSBUILDFORCEALLTASKSOUTOFPROC", "1")];

    private static readonly ProjectShape SeveralImages = new() { RuntimeIdentifiers = ["linux-x64", "linux-arm64"] };

    private static readonly Dictionary<string, (Scenario Scenario, string[] Outcomes)> Publishes = new (Scenario Scenario, string[] Outcomes)[]
    {
        (CoreScenarios.Success, [Inference, Success]),
        (CoreScenarios.PushRefused, [Inference, $"{Error} credential_failure"]),
        (CoreScenarios.BaseImageMissing, [Inference, $"{Error} unknown_repository"]),
        (CoreScenarios.Success with { Name = "several images", Shape = SeveralImages }, [Inference, Success, Success, Success]),
        (
            CoreScenarios.PushRefused with { Name = "several images that are refused", Shape = SeveralImages },
            [Inference, $"{Error} credential_failure", $"{Error} credential_failure"]),
        (Interrupted(CoreScenarios.Success) with { Name = "Ctrl+C" }, [Inference, $"{Error} canceled"]),
        (Interrupted(BracketTests.Bracketed(CoreScenarios.Success)) with { Name = "Ctrl+C where only the ends are seen" }, [Inference, $"{Error} canceled"]),
        (BracketTests.Bracketed(CoreScenarios.PushRefused) with { Name = "a refused push where only the ends are seen" }, [Inference, $"{Error} unfinished"]),
    }
        .Select(publish => (Scenario: publish.Scenario with { Variables = OutOfProcess, NeedsFreshProcess = true }, publish.Outcomes))
        .ToDictionary(publish => publish.Scenario.Name, StringComparer.Ordinal);

    private static readonly ScenarioBatches Batches = new(Publishes.Values.Select(publish => publish.Scenario).Where(scenario => !IsInterrupted(scenario)));

    public static IEnumerable<object[]> Names => Publishes.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Publish_has_its_true_outcome(string name)
    {
        (Scenario scenario, string[] outcomes) = Publishes[name];
        using var user = new UserFolders();

        PublishResult result = IsInterrupted(scenario)
            ? await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, user.Of)
            : await Batches.PublishAsync(scenario);
        IReadOnlyList<OtlpJsonRecord> events = IsInterrupted(scenario) ? user.Events : await Batches.StoredAsync(scenario);

        Assert.AreEqual(scenario.Succeeds, result.ExitCode == 0, result.StandardOutput);
        CollectionAssert.AreEqual(outcomes, events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
        Assert.HasCount(1, events.Select(e => e.PublishId).Distinct());
        Assert.HasCount(1, events.Where(e => e.Attributes.GetValueOrDefault("containers_telemetry.publish.end") == "true"));
        Assert.IsLessThanOrEqualTo(
            1, result.ContainerEvents.Count(e => e.Name != Inference), "MSBuild 18.9 drops the telemetry of task hosts, newer versions deliver it.");
        Assert.IsTrue(events.All(e => e.Resource["containers_telemetry.msbuild.node_mode"] == "TaskHost"));
    }

    private static bool IsInterrupted(Scenario scenario) => !scenario.IsRepeatable;

    private static Scenario Interrupted(Scenario scenario) => scenario with
    {
        IsRepeatable = false,
        Arrange = stage =>
        {
            var hang = new Fault(FaultDirection.Push, FaultEffect.Hang);
            stage.Registry.Faults.Set(App, hang);
            stage.Interrupt = hang.Reached;
        },
        Succeeds = false,
    };
}
