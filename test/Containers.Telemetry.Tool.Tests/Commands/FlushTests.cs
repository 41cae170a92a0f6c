using System.Runtime.Versioning;
using System.Text.Json;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>Sending the pending records, to an endpoint that accepts them or does not.</summary>
[TestClass]
public sealed class FlushTests
{
    [TestMethod]
    public async Task Flush_SendsAllPendingRecords()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var tool = new ToolInProcess();
        Wait(tool, receiver.Address);

        var (exitCode, text) = tool.Run("flush");

        Assert.AreEqual($"Sent 3 records to {receiver.Address}v1/logs.\n", text);
        Assert.AreEqual(0, exitCode);
        Assert.AreEqual((0, "Nothing waits to be sent.\n"), tool.Run("flush"));
        string received = string.Concat(receiver.Requests.Select(request => request.Text));
        Assert.Contains("containers_telemetry.publish.error", received);
    }

    [TestMethod]
    public async Task Flush_ToABusyEndpoint_KeepsPendingRecords()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Status(503);
        using var tool = new ToolInProcess();
        Wait(tool, receiver.Address);

        var (exitCode, text) = tool.Run("flush");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual($"note: 3 records still wait for {receiver.Address}v1/logs: it answered HTTP 503. Run the command again later.\n", text);
        using JsonDocument status = JsonDocument.Parse(tool.Run("status", "--json").Text);
        Assert.AreEqual(3, status.RootElement.GetProperty("outbox")[0].GetProperty("pending").GetInt64());
    }

    [TestMethod]
    public async Task Flush_ToAnEndpointThatRejects_CountsTheLostRecords()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var tool = new ToolInProcess();
        Wait(tool, receiver.Address);
        tool.Run("flush");
        Wait(tool, receiver.Address);
        receiver.Otherwise = ReceiverBehavior.Status(400);

        var (exitCode, text) = tool.Run("flush");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual(
            $"note: {receiver.Address}v1/logs rejected 3 records permanently with HTTP 400. They were removed from the outbox, and are still in the store.\n",
            text);
        string status = tool.Run("status").Text;
        Assert.Contains("3 lost: 3 rejected", status);
        Assert.Contains("was HTTP 400.", status);
    }

    [TestMethod]
    public async Task Flush_ToAnEndpointThatRefuses_KeepsPendingRecordsAndNamesTheRemedy()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Status(401);
        using var tool = new ToolInProcess();
        Wait(tool, receiver.Address);

        var (exitCode, text) = tool.Run("flush");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual(
            $"note: 3 records still wait for {receiver.Address}v1/logs: it answered HTTP 401. "
                + "The endpoint wants other credentials: set OTEL_EXPORTER_OTLP_HEADERS.\n",
            text);
        Assert.Contains("was HTTP 401.", tool.Run("status").Text);
        using JsonDocument status = JsonDocument.Parse(tool.Run("status", "--json").Text);
        JsonElement answer = status.RootElement.GetProperty("outbox")[0].GetProperty("lastAnswer");
        Assert.AreEqual("HTTP 401", answer.GetProperty("status").GetString());
        Assert.AreEqual("refused", answer.GetProperty("outcome").GetString());
    }

    [TestMethod]
    public async Task Metrics_ThatWereRejected_AreShownAndTheirEndpointIsRetried()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Status(503);
        using var tool = new ToolInProcess();
        tool.Variables["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = receiver.Address.AbsoluteUri;
        tool.Variables["OTEL_METRICS_EXPORTER"] = "otlp";
        tool.Variables["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"] = "http/json";
        OtlpSettings settings = OtlpSettings.Resolve(endpoint: null, allowInsecureEndpoint: null, name => tool.Variables.GetValueOrDefault(name), [])!;
        using var export = new OtlpExport(settings, Path.Combine(tool.StorePath, "outbox"), "1.0.0", new FixedTime(SampleEvents.Now, TimeSpan.Zero));
        export.SendMetrics(static output => output.Write("{\"resourceMetrics\":[{}]}\n"u8), TimeSpan.FromMinutes(1), CancellationToken.None);

        string status = tool.Run("status").Text;
        Assert.Contains($"Endpoint   {receiver.Address} (metrics, http/json)", status);
        Assert.Contains("1 publish is missing from them.", status);
        Assert.Contains("was HTTP 503.", status);
        Assert.Contains("Publishes try again after", status);

        var (exitCode, text) = tool.Run("flush");
        Assert.AreEqual(0, exitCode);
        Assert.StartsWith(
            $"note: 1 publish is missing from the metrics of {receiver.Address}, which answered HTTP 503. Metrics do not wait; the next publish tries again.\n",
            text);

        using JsonDocument json = JsonDocument.Parse(tool.Run("status", "--json").Text);
        JsonElement outbox = json.RootElement.GetProperty("outbox")[0];
        Assert.AreEqual(
            ("metrics", 1L, JsonValueKind.Null),
            (outbox.GetProperty("signal").GetString()!, outbox.GetProperty("dropped").GetInt64(), outbox.GetProperty("nextAttempt").ValueKind));
        Assert.AreEqual("http/json", json.RootElement.GetProperty("protocols").GetProperty("metrics").GetString());
    }

    [TestMethod]
    public void Status_WithoutMetrics_SaysWhatTurnsThemOn()
    {
        using var tool = new ToolInProcess();
        tool.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318";

        string status = tool.Run("status").Text;

        Assert.Contains("Endpoint   http://127.0.0.1:4318/v1/logs (events, http/protobuf)", status);
        Assert.Contains("No metrics are sent; OTEL_METRICS_EXPORTER=otlp sends them.", status);
    }

    [TestMethod]
    public async Task Purge_AlsoDeletesPendingRecords()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var tool = new ToolInProcess();
        Wait(tool, receiver.Address);

        Assert.AreEqual((0, "Deleted 0 events and 3 records that wait to be sent.\n"), tool.Run("purge", "--yes"));

        Assert.AreEqual("Nothing waits to be sent.\n", tool.Run("flush").Text);
        Assert.AreEqual(0, receiver.RequestCount);
    }

    [TestMethod]
    public async Task Purge_BeforeADay_OfAPartlySentOutbox_CountsAndDeletesPendingRecords()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var tool = new ToolInProcess();
        SendInPart(tool, receiver);

        Assert.AreEqual(
            (0, "Deleted 0 events from before 2026-11-12 09:30:00 and 2 records that wait to be sent.\n"), tool.Run("purge", "--before", "8d", "--yes"));

        Assert.Contains("4 records for ", tool.Run("status").Text);
        Assert.StartsWith("There are no events from before ", tool.Run("purge", "--before", "8d", "--yes").Text);
        Assert.AreEqual((0, $"Sent 4 records to {receiver.Address}v1/logs.\n"), tool.Run("flush"));
    }

    [TestMethod]
    public async Task Purge_OfAPartlySentOutbox_CountsOnlyThePendingRecords()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var tool = new ToolInProcess();
        SendInPart(tool, receiver);

        Assert.AreEqual((0, "Deleted 0 events and 6 records that wait to be sent.\n"), tool.Run("purge", "--yes"));

        Assert.AreEqual("Nothing waits to be sent.\n", tool.Run("flush").Text);
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(tool.StorePath, "outbox"), "*.jsonl", SearchOption.AllDirectories));
        Wait(tool, receiver.Address);
        Assert.AreEqual((0, $"Sent 3 records to {receiver.Address}v1/logs.\n"), tool.Run("flush"));
    }

    [TestMethod]
    public void Purge_WhileAPublishSends_KeepsPendingRecords_AndSaysSo()
    {
        using var tool = new ToolInProcess();
        Wait(tool, new Uri("http://127.0.0.1:4318/"));
        string outbox = Directory.GetDirectories(Path.Combine(tool.StorePath, "outbox")).Single();

        using (File.Open(Path.Combine(outbox, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.AreEqual(
                (1, "note: A publish is storing or sending events, so some could not be deleted. Run the command again.\nDeleted 0 events.\n"),
                tool.Run("purge", "--yes"));
        }

        Assert.Contains("3 records for ", tool.Run("status").Text);
        Assert.AreEqual((0, "Deleted 0 events and 3 records that wait to be sent.\n"), tool.Run("purge", "--yes"));
    }

    [TestMethod]
    public async Task Flush_OfDamagedRecords_SaysThatTheyAreLost()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var tool = new ToolInProcess();
        OutboxOf(tool, receiver.Address).Append("not JSON\n{}\n"u8);

        Assert.AreEqual(
            (1, $"note: 2 records for {receiver.Address}v1/logs were damaged, could not be sent, and are gone from the outbox.\n"), tool.Run("flush"));

        Assert.Contains("2 lost: 0 rejected, 0 over the limit, 2 unreadable", tool.Run("status").Text);
        Assert.AreEqual((0, "Nothing waits to be sent.\n"), tool.Run("flush"));
    }

    [TestMethod]
    public async Task Flush_ThatFailsAfterADamagedRecord_DoesNotCountItAsPending()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Accept, ReceiverBehavior.Status(503));
        using var tool = new ToolInProcess();
        OutboxOf(tool, receiver.Address).Append(
            [.. "not JSON\n"u8, .. SampleEvents.Lines(Enumerable.Range(1, 65).Select(number => SampleEvents.Success(SampleEvents.Now, number)))]);

        var (exitCode, text) = tool.Run("flush");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual(
            $"note: 1 record for {receiver.Address}v1/logs was damaged, could not be sent, and is gone from the outbox.\n"
            + $"note: 2 records still wait for {receiver.Address}v1/logs: it answered HTTP 503. Run the command again later.\n"
            + $"Sent 63 records to {receiver.Address}v1/logs.\n",
            text);
        Assert.Contains("2 records for ", tool.Run("status").Text);
    }

    [TestMethod]
    public void Status_OfAnUnreadableOutbox_SaysSoAndShowsTheRest()
    {
        using var tool = new ToolInProcess();
        var endpoint = new Uri("http://127.0.0.1:4318/");
        Wait(tool, endpoint);

        // Even root cannot list a file.
        string log = Path.Combine(Directory.GetDirectories(Path.Combine(tool.StorePath, "outbox")).Single(), "logs");
        Directory.Delete(log, recursive: true);
        File.WriteAllText(log, "");

        var (exitCode, text) = tool.Run("status");

        Assert.AreEqual(1, exitCode);
        Assert.Contains($"Outbox     the events for {endpoint}v1/logs cannot be read: The folder, or a parent folder, is a file.", text);
        Assert.Contains(".NET SDKs", text);
        var (jsonExitCode, json) = tool.Run("status", "--json");
        Assert.AreEqual(1, jsonExitCode);
        using JsonDocument status = JsonDocument.Parse(json);
        Assert.AreEqual("The folder, or a parent folder, is a file.", status.RootElement.GetProperty("outbox")[0].GetProperty("fault").GetString());
    }

    [TestMethod]
    public void Status_WithAFileInPlaceOfTheOutbox_SaysSoAndShowsTheRest()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        File.WriteAllText(Path.Combine(tool.StorePath, "outbox"), "");

        AssertOutboxFault(tool, "The folder, or a parent folder, is a file.");
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [UnsupportedOSPlatform("windows")]
    public void Status_OfAnOutboxWithoutPermission_SaysSoAndShowsTheRest()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        string outbox = Directory.CreateDirectory(Path.Combine(tool.StorePath, "outbox")).FullName;
        File.SetUnixFileMode(outbox, UnixFileMode.None);

        try
        {
            AssertOutboxFault(tool, "Access to the folder is denied.");
        }
        finally
        {
            File.SetUnixFileMode(outbox, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void AssertOutboxFault(ToolInProcess tool, string fault)
    {
        var (exitCode, text) = tool.Run("status");
        Assert.AreEqual(1, exitCode, text);
        Assert.Contains($"the outbox cannot be read: {fault}\n", text);
        Assert.Contains("1 event, ", text);
        Assert.Contains(".NET SDKs", text);

        var (jsonExitCode, json) = tool.Run("status", "--json");
        Assert.AreEqual(1, jsonExitCode);
        using JsonDocument status = JsonDocument.Parse(json);
        JsonElement outbox = status.RootElement.GetProperty("outbox").EnumerateArray().Single();
        Assert.AreEqual(JsonValueKind.Null, outbox.GetProperty("url").ValueKind);
        Assert.AreEqual(fault, outbox.GetProperty("fault").GetString());
    }

    private static void Wait(ToolInProcess tool, Uri endpoint) => OutboxOf(tool, endpoint).Append(
        SampleEvents.Lines(SampleEvents.Inference(SampleEvents.Now), SampleEvents.Success(SampleEvents.Now), SampleEvents.Error(SampleEvents.Now, 2)));

    /// <summary>
    /// Leaves an outbox with 64 sent records of ten days ago, and pending records in the same file: four of yesterday and two of nine days ago.
    /// </summary>
    private static void SendInPart(ToolInProcess tool, OtlpReceiver receiver)
    {
        receiver.Next(ReceiverBehavior.Accept, ReceiverBehavior.Status(503));
        OutboxOf(tool, receiver.Address).Append(SampleEvents.Lines(
            Enumerable.Range(1, 70).Select(number => SampleEvents.Success(SampleEvents.Now.AddDays(number <= 64 ? -10 : number <= 68 ? -1 : -9), number))));
        Assert.EndsWith($"Sent 64 records to {receiver.Address}v1/logs.\n", tool.Run("flush").Text);
        Assert.Contains("6 records for ", tool.Run("status").Text);
    }

    private static Outbox OutboxOf(ToolInProcess tool, Uri endpoint)
    {
        tool.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.ToString();
        OtlpSettings settings = OtlpSettings.Resolve(endpoint.ToString(), allowInsecureEndpoint: null, _ => null, [])!;
        return new Outbox(Path.Combine(tool.StorePath, "outbox"), settings.Logs!, time: new FixedTime(SampleEvents.Now, TimeSpan.Zero));
    }
}
