using System.Text;
using Containers.Telemetry.Core.Tests.Store;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Outboxes;

[TestClass]
public sealed class OtlpExportTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);
    private static readonly byte[] Log = NumberedRecord.Create(1, 0);
    private static readonly byte[] Span = Encoding.ASCII.GetBytes("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"container publish"}]}]}]}""" + "\n");

    private readonly ManualClock _clock = new(new DateTime(2026, 11, 21, 9, 30, 0));

    [TestMethod]
    public async Task Logs_and_spans_go_to_their_paths_over_one_connection()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using OtlpExport export = Create(folder, new SettingsInput { Endpoint = receiver.Address.AbsoluteUri });

        export.Append(OtlpSignal.Logs, Log);
        export.Append(OtlpSignal.Traces, Span);
        (DrainResult? logs, DrainResult? traces) = export.Drain(Enough, CancellationToken.None);

        Assert.AreEqual(1, logs?.Delivered);
        Assert.AreEqual(1, traces?.Delivered);
        CollectionAssert.AreEqual(new[] { "/v1/logs", "/v1/traces" }, receiver.Requests.Select(static request => request.Path).ToArray());
        Assert.AreEqual(Encoding.ASCII.GetString(Span).TrimEnd(), receiver.Requests[1].Text);
        Assert.AreEqual(1, receiver.ConnectionCount);
    }

    [TestMethod]
    public async Task A_signal_without_an_endpoint_is_left_out()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        SettingsInput input = new() { Variables = { ["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = receiver.Address.AbsoluteUri } };
        using OtlpExport export = Create(folder, input);

        export.Append(OtlpSignal.Logs, Log);
        export.Append(OtlpSignal.Traces, Span);
        (DrainResult? logs, DrainResult? traces) = export.Drain(Enough, CancellationToken.None);

        Assert.AreEqual(1, logs?.Delivered);
        Assert.IsNull(traces);
        Assert.AreEqual(1, receiver.RequestCount);
    }

    [TestMethod]
    [DataRow("http/protobuf", "/v1/metrics")]
    [DataRow("http/json", "/v1/metrics")]
    [DataRow("grpc", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")]
    public async Task Metrics_are_sent_once_and_never_queued(string protocol, string path)
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = protocol == "grpc" ? await OtlpReceiver.StartGrpcAsync() : await OtlpReceiver.StartAsync();
        using OtlpExport export = Create(folder, new SettingsInput { Endpoint = receiver.Address.AbsoluteUri, Protocol = protocol, Metrics = "true" });
        byte[] line = Otlp.Lines.Metrics(Events.Examples.Success(), DateTimeOffset.UnixEpoch);

        export.SendMetrics(output => output.Write(line), Enough, CancellationToken.None);

        Assert.AreEqual(path, receiver.Requests.Single().Path);
        Assert.IsTrue(System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(line),
            System.Text.Json.Nodes.JsonNode.Parse(receiver.Requests.Single().Text)));
        CollectionAssert.AreEquivalent(
            new[] { "endpoint", "lock", "state" },
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(static file => Path.GetFileName(file)).ToArray());
    }

    [TestMethod]
    [DataRow(503)]
    [DataRow(401)]
    [DataRow(400)]
    public async Task Rejected_metrics_are_counted_and_their_endpoint_is_not_tried_for_a_while(int status)
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Status(status);
        SettingsInput input = new() { Endpoint = receiver.Address.AbsoluteUri, Metrics = "true" };
        using OtlpExport export = Create(folder, input);

        Send(export);
        Send(export);

        Assert.AreEqual(1, receiver.RequestCount);
        OutboxStatus after = StatusOfMetrics(folder, input);
        Assert.AreEqual(2, after.Dropped);
        Assert.AreEqual($"HTTP {status}", after.LastAnswer?.Status.ToString());
        Assert.IsNotNull(after.NextAttempt);
        Assert.AreEqual(0, after.PendingLines);
        Assert.AreEqual(OtlpSignal.Metrics, Outbox.FindDestinations(folder.Combine("outbox"), settings: null).Single().Signal);

        receiver.Otherwise = ReceiverBehavior.Accept;
        _clock.Now += BackOff.Longest;
        Send(export);

        Assert.AreEqual(2, receiver.RequestCount);
        Assert.AreEqual(
            (2, 0, ExportOutcome.Delivered),
            (StatusOfMetrics(folder, input).Dropped, StatusOfMetrics(folder, input).Failures, StatusOfMetrics(folder, input).LastAnswer!.Outcome));
    }

    [TestMethod]
    public async Task A_metrics_endpoint_that_hangs_costs_the_budget_of_one_publish_only()
    {
        (int connections, long dropped) = (0, 0);

        foreach (TimeSpan budget in Budgets.Growing(TimeSpan.FromMilliseconds(100)).TakeWhile(_ => connections == 0))
        {
            using TemporaryFolder folder = new();
            await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
            receiver.Otherwise = ReceiverBehavior.Hang;
            SettingsInput input = new()
            {
                Variables = { ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = receiver.Address.AbsoluteUri, ["OTEL_METRICS_EXPORTER"] = "otlp" },
            };

            for (int i = 0; i < 3; i++)
            {
                using OtlpExport export = Create(folder, input);
                export.SendMetrics(WriteMetrics, budget, CancellationToken.None);
            }

            (connections, dropped) = (receiver.ConnectionCount, StatusOfMetrics(folder, input).Dropped);
        }

        Assert.AreEqual((1, 3L), (connections, dropped));
    }

    [TestMethod]
    public async Task Metrics_are_sent_without_a_writable_folder()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await File.WriteAllTextAsync(folder.Combine("outbox"), "no folder");
        using OtlpExport export = Create(folder, new SettingsInput { Endpoint = receiver.Address.AbsoluteUri, Metrics = "true" });

        Send(export);

        Assert.AreEqual(1, receiver.RequestCount);
    }

    [TestMethod]
    public async Task Metrics_that_are_refused_for_their_compression_are_sent_without_from_then_on()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Status(415), ReceiverBehavior.Accept);
        SettingsInput input = new() { Endpoint = receiver.Address.AbsoluteUri, Metrics = "true", Variables = { ["OTEL_EXPORTER_OTLP_COMPRESSION"] = "gzip" } };
        using OtlpExport export = Create(folder, input);

        Send(export);
        Send(export);

        CollectionAssert.AreEqual(
            new[] { true, false, false }, receiver.Requests.Select(static request => request.Headers.ContainsKey("Content-Encoding")).ToArray());
        Assert.AreEqual(0, StatusOfMetrics(folder, input).Dropped);
    }

    [TestMethod]
    public async Task Metrics_are_not_sent_if_events_could_not_be_sent()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.Disconnect;
        using OtlpExport export = Create(folder, new SettingsInput { Endpoint = receiver.Address.AbsoluteUri, Metrics = "true" });
        export.Append(OtlpSignal.Logs, Log);
        export.Drain(Enough, CancellationToken.None);
        int requests = receiver.RequestCount;

        export.SendMetrics(static _ => Assert.Fail("SendMetrics wrote metrics that it does not send."), Enough, CancellationToken.None);

        Assert.AreEqual(requests, receiver.RequestCount);
    }

    [TestMethod]
    public async Task Repeated_successes_of_metrics_take_the_lock_once_an_hour()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        SettingsInput input = new() { Endpoint = receiver.Address.AbsoluteUri, Metrics = "true" };
        using OtlpExport export = Create(folder, input);
        Send(export);
        string taken = Directory.GetFiles(folder.Path, "lock", SearchOption.AllDirectories).Single();
        File.Delete(taken);

        Send(export);
        Assert.IsFalse(File.Exists(taken));

        _clock.Now += TimeSpan.FromHours(1);
        Send(export);
        Assert.IsTrue(File.Exists(taken));
        Assert.AreEqual(3, receiver.RequestCount);
    }

    [TestMethod]
    public async Task A_server_that_does_not_answer_is_tried_for_one_signal_alone()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Disconnect);
        using OtlpExport export = Create(folder, new SettingsInput { Endpoint = receiver.Address.AbsoluteUri });
        export.Append(OtlpSignal.Logs, Log);
        export.Append(OtlpSignal.Traces, Span);

        (DrainResult? logs, DrainResult? traces) = export.Drain(Enough, CancellationToken.None);
        (DrainResult? logsAgain, DrainResult? tracesAgain) = export.Drain(Enough, CancellationToken.None);
        _clock.Now += BackOff.Longest;
        (DrainResult? logsLater, DrainResult? tracesLater) = export.Drain(Enough, CancellationToken.None);

        Assert.AreEqual(DrainEnd.Failed, logs?.End);
        Assert.AreEqual(DrainEnd.Waiting, traces?.End);
        Assert.AreEqual(DrainEnd.Waiting, logsAgain?.End);
        Assert.AreEqual(DrainEnd.Waiting, tracesAgain?.End);
        Assert.AreEqual(1, logsLater?.Delivered);
        Assert.AreEqual(1, tracesLater?.Delivered);
        Assert.AreEqual(3, receiver.RequestCount);
    }

    [TestMethod]
    public async Task A_status_for_one_signal_does_not_hold_up_the_other()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Status(503));
        using OtlpExport export = Create(folder, new SettingsInput { Endpoint = receiver.Address.AbsoluteUri });
        export.Append(OtlpSignal.Logs, Log);
        export.Append(OtlpSignal.Traces, Span);

        (DrainResult? logs, DrainResult? traces) = export.Drain(Enough, CancellationToken.None);

        Assert.AreEqual(DrainEnd.Failed, logs?.End);
        Assert.AreEqual(1, traces?.Delivered);
    }

    [TestMethod]
    public async Task What_was_queued_for_one_endpoint_is_never_sent_to_another()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver first = await OtlpReceiver.StartAsync();
        await using OtlpReceiver second = await OtlpReceiver.StartAsync();
        first.Next(ReceiverBehavior.Status(503));
        using OtlpExport toFirst = Create(folder, new SettingsInput { Endpoint = first.Address.AbsoluteUri });
        using OtlpExport toSecond = Create(folder, new SettingsInput { Endpoint = second.Address.AbsoluteUri });
        toFirst.Append(OtlpSignal.Logs, Log);
        toFirst.Drain(Enough, CancellationToken.None);

        toSecond.Append(OtlpSignal.Logs, NumberedRecord.Create(1, 1));
        toSecond.Drain(Enough, CancellationToken.None);
        _clock.Now += BackOff.Longest;
        toFirst.Drain(Enough, CancellationToken.None);

        CollectionAssert.AreEqual(new[] { "1-1" }, NumberedRecord.ReadIds(second.Requests.Single().Body).ToArray());
        CollectionAssert.AreEqual(new[] { "1-0" }, NumberedRecord.ReadIds(first.Requests[^1].Body).ToArray());
    }

    [TestMethod]
    public async Task Signals_with_the_same_URL_keep_separate_positions()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Accept, ReceiverBehavior.Status(503));
        SettingsInput input = new()
        {
            Variables =
            {
                ["OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"] = receiver.Address.AbsoluteUri,
                ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = receiver.Address.AbsoluteUri,
            },
        };
        using OtlpExport export = Create(folder, input);

        // More logs than fit into one request, so that the outbox keeps its position.
        for (int i = 0; i < 70; i++)
        {
            export.Append(OtlpSignal.Logs, NumberedRecord.Create(1, i));
        }

        export.Append(OtlpSignal.Traces, Span);
        (DrainResult? logs, DrainResult? traces) = export.Drain(Enough, CancellationToken.None);

        Assert.AreEqual(DrainEnd.Failed, logs?.End);
        Assert.AreEqual(1, traces?.Delivered);
        CollectionAssert.AreEquivalent(
            new[] { OtlpSignal.Logs, OtlpSignal.Traces },
            Outbox.FindDestinations(folder.Combine("outbox"), settings: null).Select(static found => found.Signal).ToArray());
    }

    [TestMethod]
    public async Task The_proxy_of_the_environment_is_used_for_other_machines()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        using OutboxProcess process = new(fixture, writer: 1, publishes: 1, events: 1, "http://collector.example:4318", fixture.Receiver.Address.AbsoluteUri);

        process.WaitUntilReady();
        process.Begin();
        process.WaitForSuccess();

        Assert.AreEqual("collector.example:4318", fixture.Receiver.Requests.Single().Headers["Host"]);
    }

    [TestMethod]
    public async Task The_proxy_of_the_environment_is_not_used_for_this_machine()
    {
        await using OutboxFixture fixture = await OutboxFixture.CreateAsync();
        await using OtlpReceiver proxy = await OtlpReceiver.StartAsync();
        using OutboxProcess process = new(fixture, writer: 1, publishes: 1, events: 1, fixture.Receiver.Address.AbsoluteUri, proxy.Address.AbsoluteUri);

        process.WaitUntilReady();
        process.Begin();
        process.WaitForSuccess();

        Assert.AreEqual(1, fixture.Receiver.RequestCount);
        Assert.AreEqual(0, proxy.RequestCount);
    }

    private static void Send(OtlpExport export) =>
        export.SendMetrics(WriteMetrics, Enough, CancellationToken.None);

    private static void WriteMetrics(Stream output) => output.Write(Otlp.Lines.Metrics(Events.Examples.Success(), DateTimeOffset.UnixEpoch));

    private OutboxStatus StatusOfMetrics(TemporaryFolder folder, SettingsInput input) =>
        new Outbox(folder.Combine("outbox"), input.Resolve()!.Metrics!, time: _clock).GetStatus();

    private OtlpExport Create(TemporaryFolder folder, SettingsInput input) => new(input.WithPatience().Resolve()!, folder.Combine("outbox"), "1.2.3", _clock);
}
