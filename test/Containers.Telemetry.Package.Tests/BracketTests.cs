using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>
/// The package leaves publishes with unknown container tasks to the SDK: tasks and events stay the same. The user's own sinks still receive the
/// outcome.
/// </summary>
[TestClass]
public sealed class BracketTests
{
    private const string Inference = "sdk/container/inference";
    private const string Success = "sdk/container/publish/success";
    private const string Failure = "sdk/container/publish/error unknown";
    private const string Canceled = "sdk/container/publish/error canceled";
    private const string App = "team/app";

    private static readonly string[] SdkTasks = ["ComputeDotnetBaseImageAndTag", "CreateImageIndex", "CreateNewImage", "ParseContainerProperties"];

    private static readonly ProjectShape SeveralImages = new() { RuntimeIdentifiers = ["linux-x64", "linux-arm64"] };

    // Simulates a registry that does not answer in time: the SDK warns, lists an image without a manifest, and the build succeeds.
    private static readonly ProjectShape GivenUp = new()
    {
        Content = """
              <Target Name="GiveUp" AfterTargets="_PublishSingleContainer">
                <PropertyGroup>
                  <GeneratedContainerManifest />
                </PropertyGroup>
                <ItemGroup>
                  <GeneratedContainer>
                    <Manifest />
                  </GeneratedContainer>
                </ItemGroup>
              </Target>
            """,
    };

    private static readonly (string Name, string Value) Setting = ("ContainersTelemetryObservation", "Bracketed");

    private static readonly Dictionary<string, (Scenario Scenario, string[] Outcomes)> Publishes = new (Scenario Scenario, string[] Outcomes)[]
    {
        (Bracketed(CoreScenarios.Success) with { Name = "to a registry" }, [Inference, Success]),
        (Bracketed(CoreScenarios.Success, "-mt") with { Name = "to a registry, multithreaded" }, [Inference, Success]),
        (Bracketed(CoreScenarios.Archive) with { Name = "to an archive" }, [Inference, Success]),
        (Bracketed(CoreScenarios.PushRefused) with { Name = "that is refused" }, [Inference, Failure]),
        (Bracketed(CoreScenarios.PushRefused, "-mt") with { Name = "that is refused, multithreaded" }, [Inference, "sdk/container/publish/error unfinished"]),
        (Bracketed(CoreScenarios.BaseImageMissing) with { Name = "without a base image" }, [Inference, Failure]),
        (Bracketed(CoreScenarios.Success) with { Name = "of several images", Shape = SeveralImages }, [Inference, Success]),
        (Bracketed(CoreScenarios.PushRefused) with { Name = "of several images that are refused", Shape = SeveralImages }, [Inference, Failure]),
        (Bracketed(CoreScenarios.Success) with { Name = "whose image the SDK gives up", Shape = GivenUp }, [Inference]),
        (
            Bracketed(CoreScenarios.Success) with
            {
                Name = "with a tag that is none",
                Properties = [Setting, ("ContainerImageTag", "a tag!")],
                Succeeds = false,
            },
            []),
        (Bracketed(CoreScenarios.Success) with { Name = "of a project that is not published", Properties = [Setting, ("IsPublishable", "false")] }, []),
        (Bracketed(CoreScenarios.Success) with { Name = "that asks for the base image alone", Target = "ComputeContainerBaseImage" }, []),
        (
            Bracketed(CoreScenarios.Success) with
            {
                Name = "that a target fails before",
                Shape = Failing("BeforeTargets=\"ComputeContainerConfig\""),
                Succeeds = false,
            },
            []),
        (
            Bracketed(CoreScenarios.Success) with
            {
                Name = "that a target fails after",
                Shape = Failing("AfterTargets=\"PublishContainer\""),
                Succeeds = false,
            },
            [Inference, Success]),
    }.ToDictionary(publish => publish.Scenario.Name, StringComparer.Ordinal);

    private static readonly ScenarioBatches Batches = new(Publishes.Values.Select(publish => publish.Scenario).Where(scenario => scenario.SharesProcess));

    public static IEnumerable<object[]> Names => Publishes.Keys.Select(name => new object[] { name });

    /// <summary>Makes the container tasks of a publish unknown to the package.</summary>
    internal static Scenario Bracketed(Scenario scenario, params string[] arguments) =>
        scenario with { Properties = [.. scenario.Properties, Setting], Arguments = arguments, SharesProcess = arguments.Length == 0 };

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Publish(string name)
    {
        (Scenario scenario, string[] outcomes) = Publishes[name];
        using var user = new UserFolders();

        (PublishResult with, PublishResult without) = scenario.SharesProcess
            ? await Batches.PublishBothAsync(scenario)
            : (await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, user.Of), await ScenarioRun.PublishWithoutPackageAsync(scenario));
        IReadOnlyList<OtlpJsonRecord> stored = scenario.SharesProcess ? await Batches.StoredAsync(scenario) : user.Events;

        Assert.AreEqual(scenario.Succeeds, with.ExitCode == 0, with.StandardOutput);
        Assert.IsTrue(
            with.Tasks.Where(task => SdkTasks.Contains(task.Name)).All(task => Path.GetFileName(task.Assembly) == "Microsoft.NET.Build.Containers.dll"));
        CollectionAssert.AreEqual(without.ContainerEvents.Select(ScenarioRun.Describe).ToArray(), with.ContainerEvents.Select(ScenarioRun.Describe).ToArray());
        ScenarioRun.AssertSamePublish(without, with);
        AssertStored(stored, with, outcomes);
    }

    /// <summary>An observed publish has a bracket, too. It reports failures that happen outside the SDK's tasks.</summary>
    [TestMethod]
    [DataRow("a value that MSBuild cannot convert", Inference, Failure)]
    [DataRow("one of several images that is not built", Inference, Success, Failure)]
    public async Task Observed_publish_that_fails_between_its_tasks_has_an_outcome(string what, params string[] outcomes)
    {
        Scenario scenario = what[0] == 'a'
            ? CoreScenarios.Success with { Properties = [("ContainerRepository", App), ("ContainerGenerateLabels", "maybe")] }
            : CoreScenarios.Success with { Shape = SeveralImages with { Content = FailsFor("linux-arm64") }, Arguments = ["-m:1"] };
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, user.Of);

        Assert.AreNotEqual(0, result.ExitCode);
        CollectionAssert.AreEqual(outcomes, user.Events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
        Assert.HasCount(1, user.Events.Select(e => e.PublishId).Distinct());
        Assert.HasCount(1, user.Events.Where(e => e.Attributes.GetValueOrDefault("containers_telemetry.publish.end") == "true"));
        Assert.IsTrue(user.Events.All(e => e.Attributes["containers_telemetry.observation"] == "observed"));
    }

    [TestMethod]
    [DataRow("ComputeContainerBaseImage", "true")]
    [DataRow("ComputeContainerBaseImage;PublishContainer", "false")]
    public async Task Observed_build_that_asks_for_the_base_image_alone_is_no_publish(string target, string isPublishable)
    {
        Scenario scenario = CoreScenarios.Success with { Target = target, Properties = [("IsPublishable", isPublishable)] };
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, user.Of);

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.AreEqual(Inference, result.ContainerEvents.Single().Name, "The SDK's channel must contain the SDK's own event.");
        Assert.IsEmpty(user.Events);
    }

    [TestMethod]
    public async Task Stored_event_has_the_fields_that_a_bracket_knows()
    {
        using var user = new UserFolders();

        await ScenarioRun.PublishWarmAsync(Bracketed(CoreScenarios.PushRefused) with { Registry = "team.azurecr.io" }, await PackageUnderTest.Feed, user.Of);

        IReadOnlyList<OtlpJsonRecord> events = user.Events;
        Assert.AreEqual("mcr.microsoft.com/dotnet/runtime", events[0].Attributes["containers_telemetry.base_image.name"]);
        Assert.AreEqual("10.0", events[0].Attributes["containers_telemetry.base_image.tag"]);
        Assert.AreEqual("true", events[0].Attributes["containers_telemetry.base_image.inferred"]);
        Assert.AreEqual("net10.0", events[0].Attributes["containers_telemetry.target_framework"]);
        Assert.AreEqual(Scenario.MachineRuntime, events[0].Attributes["containers_telemetry.target_runtime_identifiers"]);
        Assert.AreEqual("MCR", events[1].Attributes["containers_telemetry.pull.remote_kind"]);
        Assert.AreEqual("Azure", events[1].Attributes["containers_telemetry.push.remote_kind"]);
        Assert.AreEqual("failure", events[1].Attributes["cicd.pipeline.task.run.result"]);
        Assert.AreEqual("true", events[1].Attributes["containers_telemetry.publish.end"]);
        Assert.DoesNotContain("containers_telemetry.error.direction", events[1].Attributes.Keys);
    }

    /// <summary>Users compute a registry in a target of their own, when the publish has begun.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Stored_event_has_the_registry_that_a_target_of_the_user_sets(bool isRefused)
    {
        Scenario scenario = Bracketed(isRefused ? CoreScenarios.PushRefused : CoreScenarios.Success) with
        {
            Registry = null,
            Shape = new ProjectShape
            {
                Content = """
                      <Target Name="ChooseRegistry" BeforeTargets="ComputeContainerConfig">
                        <PropertyGroup><ContainerRegistry>team.azurecr.io</ContainerRegistry></PropertyGroup>
                      </Target>
                    """,
            },
        };
        using var user = new UserFolders();

        await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, user.Of);

        OtlpJsonRecord outcome = user.Events[^1];
        Assert.AreEqual(isRefused ? Failure : Success, outcome.Outcome);
        Assert.AreEqual("Azure", outcome.Attributes["containers_telemetry.push.remote_kind"]);
    }

    [TestMethod]
    public async Task Canceled_publish_is_no_failure()
    {
        var hang = new Fault(FaultDirection.Push, FaultEffect.Hang);
        Scenario scenario = Bracketed(CoreScenarios.Success) with
        {
            Arrange = stage =>
            {
                stage.Registry.Faults.Set(App, hang);
                stage.Interrupt = hang.Reached;
            },
        };
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, user.Of);

        Assert.AreNotEqual(0, result.ExitCode);
        AssertStored(user.Events, result, [Inference, Canceled]);
    }

    [TestMethod]
    public async Task Publishes_of_a_solution_each_have_their_own_outcome()
    {
        Scenario scenario = Bracketed(CoreScenarios.Success, "-m:2") with
        {
            Shape = new ProjectShape { ProjectCount = 3 },
            Arrange = stage => stage.Registry.Faults.Set("app2", new Fault(FaultDirection.Push, FaultEffect.Status(403))),
            Properties = [Setting],
        };
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, user.Of);

        Assert.AreNotEqual(0, result.ExitCode);
        CollectionAssert.AreEquivalent(
            new[] { Inference, Inference, Inference, Success, Success, Failure }, user.Events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
        Assert.HasCount(3, user.Events.Select(e => e.PublishId).Distinct());
    }

    [TestMethod]
    public async Task Failed_publish_is_sent()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();

        await ScenarioRun.PublishWarmAsync(
            Bracketed(CoreScenarios.PushRefused),
            await PackageUnderTest.Feed,
            request => PatientExport.Of(user.Of(request with
            {
                Environment = with => request.Environment(with).With("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address.AbsoluteUri),
            })));

        CollectionAssert.AreEqual(
            new[] { Inference, Failure },
            receiver.Requests.Where(request => request.Path == "/v1/logs")
                .SelectMany(request => OtlpJsonRecord.Read(request.Text))
                .Select(e => e.Outcome)
                .ToArray());
        Assert.HasCount(1, receiver.Requests.Where(request => request.Path == "/v1/traces").SelectMany(request => OtlpJsonRecord.Read(request.Text)));
    }

    [TestMethod]
    public async Task Preview_of_a_bracketed_publish_shows_its_events_and_says_why_they_are_few()
    {
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishWarmAsync(
            Bracketed(CoreScenarios.PushRefused with { Properties = [("ContainerRepository", App), (PreviewFile.Property, "true")] }),
            await PackageUnderTest.Feed,
            user.Of);

        CollectionAssert.AreEqual(new[] { Inference, Failure }, PreviewFile.Outcomes(result));
        Assert.IsTrue(PreviewFile.Read(result).All(e => (string?)e["Observation"] == "bracketed"));
        Assert.HasCount(
            1,
            result.Messages.Where(
                e => e is { Importance: "High", Text: { } text } && text.Contains("the reason of a failure is unknown", StringComparison.Ordinal)));
        Assert.IsEmpty(user.Events);
    }

    private static void AssertStored(IReadOnlyList<OtlpJsonRecord> events, PublishResult result, string[] outcomes)
    {
        CollectionAssert.AreEqual(outcomes, events.Select(e => e.Outcome).ToArray(), result.StandardOutput);
        Assert.IsTrue(events.All(e => e.Attributes["containers_telemetry.observation"] == "bracketed"));
        Assert.HasCount(Math.Min(outcomes.Length, 1), events.Select(e => e.PublishId).Distinct());
    }

    private static ProjectShape Failing(string when) => new()
    {
        Content = $"""
              <Target Name="SomebodyElse" {when}>
                <Error Text="The target of somebody else fails." />
              </Target>
            """,
    };

    private static string FailsFor(string runtime) => $"""
          <Target Name="SomebodyElse" BeforeTargets="_PublishSingleContainer" Condition="'$(RuntimeIdentifier)' == '{runtime}'">
            <Error Text="The image of one runtime is not built." />
          </Target>
        """;
}
