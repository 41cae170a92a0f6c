using System.Text.Json.Nodes;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The preview shows to its user everything that would be collected, and raises nothing.</summary>
[TestClass]
public sealed class PreviewTests
{
    private const string Inference = "sdk/container/inference";

    private static readonly string[] OfAnyEvent =
    [
        "Event", "EventId", "PublishId", "SchemaVersion", "Time", "Observation", "Duration", "FeaturesUsed", "Invocation", "AnonymousUserId",
        "ProjectId", "PackageVersion", "SdkVersion", "MSBuildVersion",
        "MSBuildHost", "MSBuildNodeMode", "OSFamily", "OSVersion", "LinuxDistribution", "Architecture", "IsWsl", "ContainerRuntime", "CiProvider",
        "AgentEnvironment",
    ];

    private static readonly string[] OfInference =
        ["InferencePerformed", "TargetFramework", "BaseImage", "BaseImageTag", "ProjectType", "PublishMode", "IsInvariant", "TargetRuntime", "TaskDuration"];

    private static readonly string[] OfImage =
    [
        "RemotePullType", "RemotePushType", "PushRegistryProduct", "Outcome", "Scope", "EndsPublish", "ImageRuntime", "TagCount", "LabelCount",
        "PortCount", "EnvironmentVariableCount",
        "ImageFormat", "ImageSize", "LayerCount", "TaskDuration", "PullDuration", "PushDuration",
    ];

    // Fields that some machines cannot provide.
    private static readonly string[] Optional = ["Country", "LinuxDistributionVersion"];

    [TestMethod]
    public async Task Preview_of_a_success_has_all_fields()
    {
        PublishResult result = await PreviewAsync(CoreScenarios.Success);

        IReadOnlyList<JsonObject> events = PreviewFile.Read(result);
        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.HasCount(2, events);
        AssertFields([.. OfAnyEvent, .. OfInference], events[0]);
        AssertFields([.. OfAnyEvent, .. OfImage, "UploadedBlobCount"], events[1]);
        Assert.AreEqual((string?)events[0]["PublishId"], (string?)events[1]["PublishId"]);
        Assert.AreNotEqual((string?)events[0]["EventId"], (string?)events[1]["EventId"]);
        Assert.AreEqual("success", (string?)events[1]["Outcome"]);
        CollectionAssert.AreEquivalent(
            new[] { "ContainerRegistry", "ContainerRepository" },
            events[1]["FeaturesUsed"]!.AsArray().Select(name => (string?)name).ToArray());
        Assert.IsGreaterThan(0L, (long)events[1]["ImageSize"]!);
        Assert.IsGreaterThanOrEqualTo((long)events[0]["Duration"]!, (long)events[1]["Duration"]!);
    }

    [TestMethod]
    public async Task Preview_of_a_success_says_that_nothing_was_uploaded()
    {
        Scenario scenario = CoreScenarios.Success with
        {
            // A registry that claims to have every blob, and accepts any manifest.
            Arrange = stage => stage.Registry.Faults.Set(
                "team/app", new Fault(FaultDirection.Push, FaultEffect.Status(200)) { Steps = TransferSteps.BlobCheck | TransferSteps.Manifest }),
        };

        PublishResult result = await PreviewAsync(scenario);

        JsonObject outcome = PreviewFile.Read(result)[^1];
        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.AreEqual("success", (string?)outcome["Outcome"]);
        Assert.AreEqual(0L, (long?)outcome["UploadedBlobCount"]);
    }

    /// <summary>MSBuild reads Directory.Build.targets after the package.</summary>
    [TestMethod]
    public async Task Preview_that_is_asked_for_after_the_package_is_read_stores_nothing()
    {
        Scenario scenario = CoreScenarios.Success with
        {
            Shape = new ProjectShape
            {
                Properties = [new("CustomAfterDirectoryBuildTargets", "$(MSBuildProjectDirectory)/../late.targets")],
                Files = [new("late.targets", $"<Project><PropertyGroup><{PreviewFile.Property}> True </{PreviewFile.Property}></PropertyGroup></Project>")],
            },
        };
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, user.Of);

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.IsNotEmpty(PreviewFile.Read(result));
        Assert.IsEmpty(UserFolders.Files(user.Data));
    }

    [TestMethod]
    public async Task Preview_of_a_failure_says_why()
    {
        PublishResult result = await PreviewAsync(CoreScenarios.PushRefused);

        JsonObject outcome = PreviewFile.Read(result)[^1];
        Assert.AreNotEqual(0, result.ExitCode);
        AssertFields([.. OfAnyEvent, .. OfImage, "Error", "Direction", "ErrorCode", "ExceptionType", "HttpStatus"], outcome);
        Assert.AreEqual("error", (string?)outcome["Outcome"]);
        Assert.AreEqual("credential_failure", (string?)outcome["Error"]);
        Assert.AreEqual("CONTAINER1016", (string?)outcome["ErrorCode"]);
    }

    [TestMethod]
    public async Task Preview_is_printed_and_nothing_is_raised()
    {
        PublishResult result = await PreviewAsync(CoreScenarios.Success with { Arguments = ["-tl:off"] });

        Assert.IsEmpty(result.ContainerEvents);
        string[] output = [.. result.StandardOutput.Split('\n').Select(line => line.Trim())];
        foreach (JsonObject shown in PreviewFile.Read(result))
        {
            Assert.Contains($"Containers.Telemetry preview: {shown["Event"]}", output);
            foreach ((string name, JsonNode? value) in shown.Where(field => field.Key is not "Event" && field.Value is JsonValue))
            {
                Assert.IsTrue(
                    output.Any(line => line.StartsWith($"{name} = {value}", StringComparison.Ordinal)),
                    $"{name} = {value} is not in the output:\n{result.StandardOutput}");
            }
        }

        IEnumerable<RecordedEvent> lines = result.Messages.Where(e => e.Sender == "Containers.Telemetry");
        Assert.IsNotEmpty(lines);
        Assert.IsEmpty(lines.Where(line => line.Importance != "High"));
    }

    [TestMethod]
    public async Task Preview_shows_the_events_that_a_publish_raises()
    {
        PublishResult shown = await PreviewAsync(CoreScenarios.Success);
        PublishResult raised = await ScenarioRun.PublishWarmAsync(CoreScenarios.Success, await PackageUnderTest.Feed);

        JsonObject inference = PreviewFile.Read(shown).Single(e => (string?)e["Event"] == Inference);
        IReadOnlyDictionary<string, string?> properties = raised.ContainerEvents.Single(e => e.Name == Inference).Properties!;
        Assert.AreEqual(properties["BaseImage"], (string?)inference["BaseImage"]);
        Assert.AreEqual(properties["BaseImageTag"], (string?)inference["BaseImageTag"]);
        Assert.AreEqual("net" + properties["TargetFramework"], (string?)inference["TargetFramework"]);
        Assert.AreEqual(properties["InferencePerformed"], ((bool)inference["InferencePerformed"]!).ToString());
        Assert.AreEqual(properties["TargetRuntimes"], string.Join(';', inference["TargetRuntime"]!.AsArray().Select(rid => (string?)rid)));
        Assert.IsFalse(File.Exists(PreviewFile.PathOf(raised)), "A preview was written without a request.");
    }

    [TestMethod]
    public async Task Next_publish_replaces_the_file()
    {
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(
            new ProjectShape { Package = PackageStyle.Direct, Feed = await PackageUnderTest.Feed });
        Func<PublishRequest, PublishRequest> preview = request => request with { Properties = [.. request.Properties, new(PreviewFile.Property, "true")] };

        IReadOnlyList<JsonObject> first = PreviewFile.Read(await ScenarioRun.PublishWarmAsync(project, preview));
        IReadOnlyList<JsonObject> second = PreviewFile.Read(await ScenarioRun.PublishWarmAsync(project, preview));

        Assert.HasCount(2, first);
        Assert.HasCount(2, second);
        Assert.AreNotEqual((string?)first[0]["PublishId"], (string?)second[0]["PublishId"]);
    }

    private static async Task<PublishResult> PreviewAsync(Scenario scenario) => await ScenarioRun.PublishWarmAsync(
        scenario with { Properties = [.. scenario.Properties, (PreviewFile.Property, "true")] },
        await PackageUnderTest.Feed);

    private static void AssertFields(IEnumerable<string> expected, JsonObject shown) =>
        CollectionAssert.AreEquivalent(expected.ToArray(), shown.Select(field => field.Key).Except(Optional).ToArray(), shown.ToJsonString());
}
