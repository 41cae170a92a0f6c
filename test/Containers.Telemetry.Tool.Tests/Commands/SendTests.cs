using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>Sending stored events a second time.</summary>
[TestClass]
public sealed class SendTests
{
    [TestMethod]
    public async Task Events_since_a_moment_are_sent_with_the_ids_that_they_are_stored_with()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using ToolInProcess tool = StoreOfThreeEvents(receiver);

        var (exitCode, text) = tool.Run("send", "--since", "7d");

        Assert.AreEqual(
            $"Queued 2 log records and 1 span.\nSent 2 records to {receiver.Address}v1/logs.\nSent 1 record to {receiver.Address}v1/traces.\n",
            text);
        Assert.AreEqual(0, exitCode);
        string logs = receiver.Requests[0].Text;
        string span = receiver.Requests[1].Text;
        foreach (string stored in tool.Run("show", "--events", "--since", "7d", "--json").Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument json = JsonDocument.Parse(stored);
            Assert.Contains(json.RootElement.GetProperty("EventId").GetString()!, logs);
            Assert.Contains(json.RootElement.GetProperty("PublishId").GetString()!, span);
        }

        Assert.Contains("container publish failed: credential_failure, push, MCR to Azure", logs);
        Assert.Contains("\"team.resource\"", logs);
    }

    [TestMethod]
    public async Task An_event_that_is_stored_twice_is_sent_once()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using ToolInProcess tool = StoreOfThreeEvents(receiver);
        SampleEvents.Store(tool.StorePath, SampleEvents.Error(SampleEvents.Now, 2));

        var (_, text) = tool.Run("send", "--since", "7d", "--json");

        using JsonDocument result = JsonDocument.Parse(text);
        Assert.AreEqual(2, result.RootElement.GetProperty("logRecords").GetInt32());
        Assert.AreEqual(1, result.RootElement.GetProperty("spans").GetInt32());
        JsonElement logs = result.RootElement.GetProperty("endpoints")[0];
        Assert.AreEqual($"{receiver.Address}v1/logs", logs.GetProperty("url").GetString());
        Assert.AreEqual(2, logs.GetProperty("sent").GetInt64());
        Assert.AreEqual(0, logs.GetProperty("waiting").GetInt64());
    }

    [TestMethod]
    public async Task Refused_records_stay_in_the_outbox()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Status(403);
        using ToolInProcess tool = StoreOfThreeEvents(receiver);

        var (exitCode, text) = tool.Run("send", "--since", "7d");
        receiver.Otherwise = ReceiverBehavior.Accept;

        Assert.AreEqual(1, exitCode);
        Assert.Contains($"note: 2 records still wait for {receiver.Address}v1/logs: it answered HTTP 403.", text);
        Assert.AreEqual((0, $"Sent 2 records to {receiver.Address}v1/logs.\nSent 1 record to {receiver.Address}v1/traces.\n"), Sorted(tool.Run("flush")));
    }

    [TestMethod]
    public async Task The_endpoints_message_about_rejected_records_is_shown()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.PartialSuccess("rejectedLogRecords", 1);
        using ToolInProcess tool = StoreOfThreeEvents(receiver);

        var (exitCode, text) = tool.Run("send", "--since", "7d");

        Assert.AreEqual(1, exitCode);
        Assert.Contains($"note: {receiver.Address}v1/logs rejected 1 record permanently with HTTP 200.", text);
        Assert.Contains($"note: {receiver.Address}v1/logs says: no", text);
    }

    [TestMethod]
    public async Task A_token_in_the_path_of_the_endpoint_is_sent_and_never_shown()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Status(403), ReceiverBehavior.Status(403));
        using ToolInProcess tool = StoreOfThreeEvents(receiver);
        tool.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{receiver.Address}zqtokenzq/otlp";

        string shown = tool.Run("send", "--since", "7d").Text + tool.Run("status").Text + tool.Run("status", "--json").Text + tool.Run("flush").Text;

        Assert.AreEqual("/zqtokenzq/otlp/v1/logs", receiver.Requests[^1].Path.Replace("traces", "logs", StringComparison.Ordinal));
        Assert.Contains($"to {receiver.Address}***.", shown);
        Assert.DoesNotContain("zqtokenzq", shown);
    }

    [TestMethod]
    public async Task A_publish_in_a_pipelines_trace_sends_no_span_with_an_unknown_parent()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var tool = new ToolInProcess();
        tool.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.AbsoluteUri;
        SampleEvents.StoreInTrace(tool.StorePath, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", SampleEvents.Success(SampleEvents.Now));

        var (exitCode, text) = tool.Run("send", "--since", "7d");

        Assert.AreEqual((0, $"Queued 1 log record and 0 spans.\nSent 1 record to {receiver.Address}v1/logs.\n"), (exitCode, text));
        Assert.Contains("4bf92f3577b34da6a3ce929d0e0e4736", receiver.Requests[0].Text);
    }

    [TestMethod]
    public async Task A_part_with_an_impossible_duration_loses_only_its_span()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using ToolInProcess tool = StoreOfThreeEvents(receiver);
        ContainerEvent damaged = SampleEvents.Success(SampleEvents.Now, 3);
        damaged.Set(DetailFields.TaskDuration, long.MaxValue);
        SampleEvents.Store(tool.StorePath, damaged);

        var (exitCode, text) = tool.Run("send", "--since", "7d");

        Assert.AreEqual(
            (0, $"Queued 3 log records and 2 spans.\nSent 3 records to {receiver.Address}v1/logs.\nSent 2 records to {receiver.Address}v1/traces.\n"),
            (exitCode, text));
    }

    [TestMethod]
    public async Task A_period_without_events_exits_with_1()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using ToolInProcess tool = StoreOfThreeEvents(receiver);

        Assert.AreEqual((1, "Queued 0 log records and 0 spans.\n"), tool.Run("send", "--since", "2026-11-30"));
        Assert.AreEqual(0, receiver.RequestCount);
    }

    [TestMethod]
    public void Without_an_endpoint_the_remedy_is_named()
    {
        using var tool = new ToolInProcess();

        var (exitCode, text) = tool.Run("send", "--since", "7d");

        Assert.AreEqual(3, exitCode);
        Assert.StartsWith("error: No endpoint is set. Set OTEL_EXPORTER_OTLP_ENDPOINT", text);
    }

    // An old inference, and the two events of a publish of today.
    private static ToolInProcess StoreOfThreeEvents(OtlpReceiver receiver)
    {
        var tool = new ToolInProcess();
        tool.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address.AbsoluteUri;
        tool.Variables["OTEL_RESOURCE_ATTRIBUTES"] = "team.resource=payments";
        SampleEvents.Store(
            tool.StorePath,
            SampleEvents.Inference(SampleEvents.Now.AddDays(-20)),
            SampleEvents.Inference(SampleEvents.Now.AddSeconds(-1), 2),
            SampleEvents.Error(SampleEvents.Now, 2));
        return tool;
    }

    // Output follows the names of the outboxes, which are hashes, so the test sorts it.
    private static (int ExitCode, string Text) Sorted((int ExitCode, string Text) run) =>
        (
            run.ExitCode,
            string.Concat(
                run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).OrderDescending(StringComparer.Ordinal).Select(static line => line + "\n")));
}
