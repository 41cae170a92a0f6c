using System.Text.Json;
using System.Text.Json.Nodes;
using Containers.Telemetry.Delivery;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Tasks;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Publishing;

[TestClass]
public sealed class ContainerPublishTests
{
    [TestMethod]
    public void ReportOutcome_SeveralOutcomes_RaisesTheFirstOnly()
    {
        var engine = new RecordingBuildEngine();
        var publish = new ContainerPublish(PublishSettings.Default, isInner: false);

        publish.ReportOutcome(engine, Outcome(EventNames.Error, "timeout"), CancellationToken.None);
        publish.ReportOutcome(engine, Outcome(EventNames.Error, "canceled"), CancellationToken.None);
        publish.ReportOutcome(engine, Outcome(EventNames.Success), CancellationToken.None);

        Assert.AreEqual("timeout", engine.Telemetry.Single().Properties["error"]);
        Assert.IsTrue(publish.OutcomeReported);
    }

    [TestMethod]
    public void ReportOutcome_SuccessOfOneImageOfSeveral_IsNotTheOutcomeOfThePublish()
    {
        using var folder = new TestFolder();
        var engine = new RecordingBuildEngine();
        PublishSettings settings = new() { SharedFolder = folder.Combine("shared") };
        var whole = new ContainerPublish(settings, isInner: false);

        new ContainerPublish(settings, isInner: true).ReportOutcome(engine, Outcome(EventNames.Success), CancellationToken.None);
        Assert.IsEmpty(engine.Telemetry);

        whole.ReportOutcome(engine, Outcome(EventNames.Success), CancellationToken.None);
        Assert.AreEqual(EventNames.Success, engine.Telemetry.Single().Name);
    }

    [TestMethod]
    public void ReportOutcome_SeveralImagesFail_RaisesTheFirstOnly()
    {
        using var folder = new TestFolder();
        var engine = new RecordingBuildEngine();
        PublishSettings settings = new() { SharedFolder = folder.Combine("shared") };
        _ = new ContainerPublish(settings, isInner: false);

        new ContainerPublish(settings, isInner: true).ReportOutcome(engine, Outcome(EventNames.Error, "timeout"), CancellationToken.None);
        new ContainerPublish(settings, isInner: true).ReportOutcome(engine, Outcome(EventNames.Error, "canceled"), CancellationToken.None);

        Assert.AreEqual("timeout", engine.Telemetry.Single().Properties["error"]);
    }

    [TestMethod]
    public async Task ReportOutcome_WithoutAWritableOutbox_StillSendsTheMetrics()
    {
        using var folder = new TestFolder();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        var engine = new RecordingBuildEngine();
        string store = Directory.CreateDirectory(folder.Combine("store")).FullName;
        await File.WriteAllTextAsync(Path.Combine(store, "outbox"), "no folder");
        var telemetry = new ProjectTelemetry(
            new TelemetrySettings { Store = store, Endpoint = receiver.Address.AbsoluteUri, Metrics = "true", ExportBudget = "60000" },
            new ConfigFolder(folder.Combine("config")));

        new ContainerPublish(new PublishSettings(), isInner: false, telemetry).ReportOutcome(engine, Outcome(EventNames.Success), CancellationToken.None);

        Assert.AreEqual("/v1/metrics", receiver.Requests.Single().Path);
        Assert.IsTrue(engine.Log.Any(static line => line.Contains("could not export an event", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ReportOutcome_SuccessAfterAnImageFailed_IsNotTheOutcomeOfThePublish()
    {
        using var folder = new TestFolder();
        var engine = new RecordingBuildEngine();
        PublishSettings settings = new() { SharedFolder = folder.Combine("shared") };
        var whole = new ContainerPublish(settings, isInner: false);

        new ContainerPublish(settings, isInner: true).ReportOutcome(engine, Outcome(EventNames.Error, "timeout"), CancellationToken.None);
        whole.ReportOutcome(engine, Outcome(EventNames.Success), CancellationToken.None);

        Assert.AreEqual("timeout", engine.Telemetry.Single().Properties["error"]);
    }

    [TestMethod]
    [DataRow(-3600, 3_600_000L, DisplayName = "The publish began an hour before the image that ends it")]
    [DataRow(3600, 0L, DisplayName = "The clock was set back since")]
    public void ReportOutcome_ErrorOfOneImageOfSeveral_HasTheDurationOfThePublish(int beganSeconds, long expected)
    {
        using var folder = new TestFolder();
        string preview = folder.Combine("preview.jsonl");
        PublishSettings settings = new() { SharedFolder = folder.Combine("shared"), PreviewFile = preview };
        folder.Write(Path.Combine("shared", "publish-id"), $"{UuidV7.Create(DateTimeOffset.UtcNow.AddSeconds(beganSeconds)):D}\n{preview}\n");
        var engine = new RecordingBuildEngine();

        new ContainerPublish(settings, isInner: true).ReportOutcome(engine, Outcome(EventNames.Error, "timeout"), CancellationToken.None);
        new ContainerPublish(settings, isInner: true).ReportOutcome(engine, Outcome(EventNames.Error, "canceled"), CancellationToken.None);

        long[] durations = [.. File.ReadAllLines(preview).Select(static line => JsonNode.Parse(line)!["Duration"]!.GetValue<long>())];
        Assert.IsInRange(expected, expected + 60_000, durations[0]);
        Assert.IsInRange(0, 60_000, durations[1], "An image that did not end the publish must report its own duration.");
    }

    [TestMethod]
    public void Id_ImagesOfOnePublish_HaveTheSame()
    {
        using var folder = new TestFolder();
        PublishSettings settings = new() { SharedFolder = folder.Combine("shared"), PreviewFile = folder.Combine("preview.jsonl") };
        var whole = new ContainerPublish(settings, isInner: false);
        var image = new ContainerPublish(settings with { PreviewFile = folder.Combine("linux-x64", "preview.jsonl") }, isInner: true);

        Assert.AreEqual(whole.Id, image.Id);
        Assert.AreEqual(whole.PreviewFile, image.PreviewFile);
    }

    [TestMethod]
    public void Report_BaseImageThatIsAskedForAlone_IsRaisedAndNotStored()
    {
        using var folder = new TestFolder();
        var engine = new RecordingBuildEngine();

        BeginStored(engine, folder).ReportInference(engine, new ContainerEvent(EventNames.Inference), isOfSdk: true);

        Assert.AreEqual(EventNames.Inference, engine.Telemetry.Single().Name);
        Assert.IsEmpty(Stored(folder));
    }

    /// <summary>If the build is killed after this point, the publish counts as unfinished.</summary>
    [TestMethod]
    public void Report_BaseImageOfAPublish_IsStoredWhenTheBracketOpens()
    {
        using var folder = new TestFolder();
        var engine = new RecordingBuildEngine();
        ContainerPublish publish = BeginStored(engine, folder);
        publish.ReportInference(engine, new ContainerEvent(EventNames.Inference), isOfSdk: true);

        new BracketContainerPublish { BuildEngine = engine }.Execute();

        Assert.Contains(publish.Id.ToString(), Stored(folder).Single());
        publish.ReportInference(engine, new ContainerEvent(EventNames.Inference), isOfSdk: true);
        Assert.HasCount(2, Stored(folder), "After the bracket is open, an event must be stored at once.");
    }

    [TestMethod]
    public void Report_BaseImageOfAPublishThatFailsBeforeTheBracket_IsStoredBeforeTheOutcome()
    {
        using var folder = new TestFolder();
        var engine = new RecordingBuildEngine();
        ContainerPublish publish = BeginStored(engine, folder);
        publish.ReportInference(engine, new ContainerEvent(EventNames.Inference), isOfSdk: true);

        publish.ReportOutcome(engine, Outcome(EventNames.Error, "invalid_tag"), CancellationToken.None);

        string[] stored = Stored(folder);
        Assert.HasCount(2, stored);
        Assert.Contains("containers_telemetry.inference", stored[0]);
        Assert.Contains("containers_telemetry.publish.error", stored[1]);
    }

    [TestMethod]
    public void Report_Preview_IsShownAndWrittenAndNothingIsRaised()
    {
        using var folder = new TestFolder();
        var engine = new RecordingBuildEngine();
        string file = folder.Combine("obj", "preview.jsonl");
        var telemetry = new ProjectTelemetry(
            new TelemetrySettings { Preview = true, SdkVersion = "10.0.401", Store = folder.Combine("store") },
            new ConfigFolder(folder.Combine("config")));
        var publish = new ContainerPublish(new PublishSettings { PreviewFile = file }, isInner: false, telemetry);

        publish.ReportOutcome(engine, Outcome(EventNames.Error, "timeout"), CancellationToken.None);
        publish.ReportOutcome(engine, Outcome(EventNames.Success), CancellationToken.None);

        Assert.IsEmpty(engine.Telemetry);
        Assert.Contains("High:   Error = timeout", engine.Log);
        string[] lines = File.ReadAllLines(file);
        Assert.HasCount(2, lines);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.AreEqual(publish.Id.ToString(), first.RootElement.GetProperty("PublishId").GetString());
        Assert.AreEqual("10.0.401", first.RootElement.GetProperty("SdkVersion").GetString());
        Assert.IsFalse(Directory.Exists(folder.Combine("store")));
    }

    [TestMethod]
    public void Of_TasksOfOneProject_ShareAPublish()
    {
        var engine = new RecordingBuildEngine { GlobalProperties = { ["Configuration"] = "Release" } };
        ContainerPublish begun = Publishes.Begin(engine, new PublishSettings { Transfer = new ImageTransfer { LocalRegistry = "Docker" } });

        Assert.AreSame(begun, Publishes.Of(engine));
    }

    [TestMethod]
    public void Begin_ProjectThatWasPublishedBefore_StartsANewPublish()
    {
        var engine = new RecordingBuildEngine();
        ContainerPublish first = Publishes.Begin(engine, PublishSettings.Default);
        ContainerPublish second = Publishes.Begin(engine, PublishSettings.Default);

        Assert.AreNotEqual(first.Id, second.Id);
        Assert.AreSame(second, Publishes.Of(engine));
    }

    [TestMethod]
    [DataRow("latest", true)]
    [DataRow("1.0;latest", true)]
    [DataRow("", false)]
    [DataRow(null, false)]
    public void Of_TagsThatTheSdkBuildsOneImageOfSeveralWith_SayWhetherItIsOne(string? tags, bool isInner)
    {
        var engine = new RecordingBuildEngine();
        if (tags is not null)
        {
            engine.GlobalProperties["_ContainerImageTags"] = tags;
        }

        Assert.AreEqual(isInner, Publishes.Of(engine).IsInner);
    }

    [TestMethod]
    public void Of_ImageOfSeveralWithoutTags_IsOne()
    {
        var engine = new RecordingBuildEngine { GlobalProperties = { ["_ContainerImageTags"] = "", ["_IsMultiRIDBuild"] = "false" } };

        Assert.IsTrue(Publishes.Of(engine).IsInner);
    }

    private static ContainerPublish BeginStored(RecordingBuildEngine engine, TestFolder folder)
    {
        ProjectScope.Put(engine, new ProjectTelemetry(new TelemetrySettings { Store = folder.Combine("store") }, new ConfigFolder(folder.Combine("config"))));
        return Publishes.Begin(engine, PublishSettings.Default);
    }

    private static string[] Stored(TestFolder folder) =>
        Directory.Exists(folder.Combine("store", "events"))
            ? [.. Directory.GetFiles(folder.Combine("store", "events"), "*.jsonl").SelectMany(File.ReadAllLines)]
            : [];

    private static ContainerEvent Outcome(string name, string? error = null)
    {
        var outcome = new ContainerEvent(name);
        outcome.Set(OutcomeFields.Error, error);
        return outcome;
    }
}
