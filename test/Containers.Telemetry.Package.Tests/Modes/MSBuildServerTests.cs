using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>The MSBuild server keeps a process with the package's assemblies loaded from one publish to the next.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class MSBuildServerTests
{
    private const string Inference = "sdk/container/inference";
    private const string Success = "sdk/container/publish/success";
    private const string Error = "sdk/container/publish/error";

    private static readonly KeyValuePair<string, string> Bracketed = new("ContainersTelemetryObservation", "Bracketed");

    [TestMethod]
    public async Task Publishes_in_one_process_do_not_disturb_each_other()
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        GeneratedProject project = await GenerateAsync(projects: 1);
        await using var server = new BuildServer();
        using var user = new UserFolders();
        PublishRequest request = user.Of(RequestOf(stage, server));

        PublishResult first = await project.PublishAsync(request);
        stage.Registry.Faults.Set("app", new Fault(FaultDirection.Push, FaultEffect.Status(403)));
        PublishResult second = await project.PublishAsync(request);
        PublishResult preview = await project.PublishAsync(request with { Properties = [.. request.Properties, new(PreviewFile.Property, "true")] });

        ScenarioRun.AssertTruth(CoreScenarios.Success, first);
        ScenarioRun.AssertTruth(CoreScenarios.PushRefused, second);
        CollectionAssert.AreEqual(new[] { Inference, Success, Inference, $"{Error} credential_failure" }, user.Events.Select(e => e.Outcome).ToArray());
        Assert.AreEqual("Server", (string?)PreviewFile.Read(preview)[0]["MSBuildNodeMode"]);
        Assert.IsTrue(server.IsAlive);
    }

    /// <summary>
    /// The client receives Ctrl+C and tells a warm server, which tells its worker node or, with -mt, its task hosts. None of these receives a signal.
    /// In a task host only the package's running tasks learn of the cancellation, and a bracketed publish has none.
    /// </summary>
    [TestMethod]
    public async Task Ctrl_C_is_no_failure()
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        GeneratedProject project = await GenerateAsync(projects: 2);
        await using var server = new BuildServer();
        PublishRequest request = RequestOf(stage, server) with { Arguments = ["-m:2"] };

        await AssertPublishAsync(request, succeeds: true, Success);
        await AssertPublishAsync(Interrupted(request, stage), succeeds: false, $"{Error} canceled");
        await AssertPublishAsync(Interrupted(With(request, Bracketed), stage), succeeds: false, $"{Error} canceled");
        stage.Registry.Faults.Set("app1", new Fault(FaultDirection.Push, FaultEffect.Status(403)));
        stage.Registry.Faults.Set("app2", new Fault(FaultDirection.Push, FaultEffect.Status(403)));
        await AssertPublishAsync(With(request, Bracketed), succeeds: false, $"{Error} unknown");
        await AssertPublishAsync(request, succeeds: false, $"{Error} credential_failure");

        PublishRequest multithreaded = request with { Arguments = ["-m:2", "-mt"] };
        await AssertNothingFalseAsync(Interrupted(multithreaded, stage), isObserved: true);
        await AssertNothingFalseAsync(Interrupted(With(multithreaded, Bracketed), stage), isObserved: false);

        async Task AssertPublishAsync(PublishRequest publish, bool succeeds, string outcome)
        {
            using var user = new UserFolders();
            PublishResult result = await project.PublishAsync(user.Of(publish));
            Assert.AreEqual(succeeds, result.ExitCode == 0, result.StandardOutput);
            CollectionAssert.AreEquivalent(
                new[] { Inference, outcome, Inference, outcome }, user.Events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
        }

        // A task host may exit before MSBuild disposes of the objects registered there. Then nothing is stored, and the publish is unfinished. An
        // observed task is told of the cancellation in time, unless its host exits before it has stored the outcome: then MSBuild has lost the task's
        // outputs, and says so.
        async Task AssertNothingFalseAsync(PublishRequest publish, bool isObserved)
        {
            using var user = new UserFolders();
            PublishResult result = await project.PublishAsync(user.Of(publish));
            Assert.AreNotEqual(0, result.ExitCode);
            string[][] publishes = [.. user.Events.GroupBy(e => e.PublishId).Select(events => events.Select(e => e.Outcome).ToArray())];
            Assert.HasCount(2, publishes, result.StandardOutput);
            bool mayBeUnfinished = !isObserved || result.StandardOutput.Contains("MSB4028", StringComparison.Ordinal);
            Assert.IsTrue(
                publishes.All(outcomes =>
                    outcomes is [Inference, Error + " canceled"] || (mayBeUnfinished && outcomes is [Inference] or [Inference, Error + " unfinished"])),
                string.Join(" | ", publishes.Select(outcomes => string.Join(", ", outcomes))));
        }
    }

    private static async Task<GeneratedProject> GenerateAsync(int projects) =>
        await PackageUnderTest.Workspace.GenerateAsync(
            new ProjectShape { ProjectCount = projects, Package = PackageStyle.Direct, Feed = await PackageUnderTest.Feed });

    private static PublishRequest RequestOf(ScenarioStage stage, BuildServer server) => new()
    {
        Properties = [new("ContainerRegistry", stage.Registry.Authority)],
        Environment = user => server.Environment(stage.Environment(user)),
    };

    private static PublishRequest With(PublishRequest request, KeyValuePair<string, string> property) =>
        request with { Properties = [.. request.Properties, property] };

    /// <summary>Presses Ctrl+C while both projects push to a registry that does not answer.</summary>
    private static PublishRequest Interrupted(PublishRequest request, ScenarioStage stage)
    {
        Fault[] hangs = [new(FaultDirection.Push, FaultEffect.Hang), new(FaultDirection.Push, FaultEffect.Hang)];
        stage.Registry.Faults.Set("app1", hangs[0]);
        stage.Registry.Faults.Set("app2", hangs[1]);
        return request with { Interrupt = Task.WhenAll(hangs.Select(hang => hang.Reached)) };
    }
}
