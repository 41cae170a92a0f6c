using Containers.Telemetry.Core.Tests.Store;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Http;

/// <summary>Calls to an ASP.NET Core server that speaks gRPC only.</summary>
[TestClass]
public sealed class GrpcTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(1);
    private readonly ManualClock _clock = new(new DateTime(2026, 11, 21, 9, 30, 0));

    [TestMethod]
    [DataRow("", DisplayName = "uncompressed")]
    [DataRow("gzip", DisplayName = "compressed")]
    public async Task Records_arrive_with_their_headers(string compression)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        OtlpDestination destination = SettingsInput.Logs(
            "grpc",
            receiver.Address,
            ("OTEL_EXPORTER_OTLP_HEADERS", "Api-Key=s%20e"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", compression));

        DrainResult result = Drain(destination, records: 600);

        Assert.AreEqual(DrainEnd.Empty, result.End);
        Assert.AreEqual(600, result.Delivered);
        CollectionAssert.AreEqual(
            OutboxFixture.Ids(600),
            receiver.Requests.SelectMany(static request => NumberedRecord.ReadIds(request.Body)).ToArray());
        ReceivedRequest first = receiver.Requests[0];
        Assert.AreEqual("/opentelemetry.proto.collector.logs.v1.LogsService/Export", first.Path);
        Assert.AreEqual("s e", first.Headers["api-key"]);
        Assert.AreEqual("trailers", first.Headers["TE"]);
        Assert.AreEqual("Containers.Telemetry/1.2.3", first.Headers["User-Agent"]);
        Assert.AreEqual(1, receiver.ConnectionCount);
    }

    [TestMethod]
    public async Task Records_arrive_over_TLS()
    {
        using TemporaryFolder folder = new();
        using TestCertificateAuthority authority = TestCertificateAuthority.Create(folder.Path);
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync(authority);

        DrainResult result = Drain(SettingsInput.Logs("grpc", receiver.Address, ("OTEL_EXPORTER_OTLP_CERTIFICATE", authority.PemPath)), records: 1);

        Assert.AreEqual(1, result.Delivered);
    }

    [TestMethod]
    public async Task A_partial_success_is_counted()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        receiver.Next(ReceiverBehavior.PartialSuccess("rejectedLogRecords", 2));

        DrainResult result = Drain(SettingsInput.Logs("grpc", receiver.Address), records: 5);

        Assert.AreEqual(3, result.Delivered);
        Assert.AreEqual(2, result.Rejected);
    }

    [TestMethod]
    [DataRow(1, ExportOutcome.Retryable)]
    [DataRow(2, ExportOutcome.Rejected)]
    [DataRow(3, ExportOutcome.Rejected)]
    [DataRow(4, ExportOutcome.Retryable)]
    [DataRow(5, ExportOutcome.Refused)]
    [DataRow(7, ExportOutcome.Refused)]
    [DataRow(8, ExportOutcome.TooLarge)]
    [DataRow(10, ExportOutcome.Retryable)]
    [DataRow(11, ExportOutcome.Retryable)]
    [DataRow(12, ExportOutcome.Refused)]
    [DataRow(13, ExportOutcome.Rejected)]
    [DataRow(14, ExportOutcome.Retryable)]
    [DataRow(15, ExportOutcome.Retryable)]
    [DataRow(16, ExportOutcome.Refused)]
    public async Task The_status_of_the_call_decides(int status, ExportOutcome expected)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        receiver.Next(ReceiverBehavior.GrpcStatus(status));

        ExportResult result = Send(SettingsInput.Logs("grpc", receiver.Address));

        Assert.AreEqual(expected, result.Outcome);
        Assert.AreEqual(new EndpointStatus(200, status), result.Status);
    }

    // google.rpc.Status with RetryInfo of 90 seconds, encoded by hand: code 8, and Any with the type and the message.
    [TestMethod]
    public async Task RetryInfo_says_how_long_to_wait()
    {
        byte[] type = System.Text.Encoding.ASCII.GetBytes("type.googleapis.com/google.rpc.RetryInfo");
        byte[] any = [0x0a, (byte)type.Length, .. type, 0x12, 4, 0x0a, 2, 0x08, 90];
        byte[] details = [0x08, 8, 0x1a, (byte)any.Length, .. any];
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        receiver.Next(ReceiverBehavior.GrpcStatus(8, Convert.ToBase64String(details).TrimEnd('=')));

        ExportResult result = Send(SettingsInput.Logs("grpc", receiver.Address));

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.AreEqual(TimeSpan.FromSeconds(90), result.RetryAfter);
    }

    [TestMethod]
    public async Task A_web_server_instead_of_the_service_keeps_records_in_the_outbox()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        receiver.Next(ReceiverBehavior.AcceptWithBody("<html></html>"), ReceiverBehavior.Status(404));

        Assert.AreEqual(ExportOutcome.Refused, Send(SettingsInput.Logs("grpc", receiver.Address)).Outcome);
        Assert.AreEqual(ExportOutcome.Refused, Send(SettingsInput.Logs("grpc", receiver.Address)).Outcome);
    }

    [TestMethod]
    public async Task No_answer_ends_with_the_limit()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        receiver.Next(ReceiverBehavior.Hang);
        using OtlpHttpExporter exporter = new("1.2.3", _clock);

        ExportResult result = exporter.Send(
            SettingsInput.Logs("grpc", receiver.Address), default, isCompressed: false, TimeSpan.FromMilliseconds(300), CancellationToken.None);

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.IsTrue(result.IsOutOfTime);
    }

    [TestMethod]
    public async Task Records_that_a_grpc_server_refused_over_http_arrive_after_the_protocol_is_set()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        using OtlpHttpExporter exporter = new("1.2.3", _clock);
        Outbox wrong = new(folder.Combine("outbox"), SettingsInput.Logs(receiver.Address), time: _clock);
        wrong.Append(NumberedRecord.Create(1, 0));

        DrainResult refused = wrong.Drain(exporter, Enough, default);
        DrainResult delivered = new Outbox(folder.Combine("outbox"), SettingsInput.Logs("grpc", receiver.Address), time: _clock)
            .Drain(exporter, Enough, default, isAskedFor: true);

        Assert.AreEqual(DrainEnd.Refused, refused.End);
        Assert.AreEqual(1, delivered.Delivered);
    }

    [TestMethod]
    public async Task A_change_to_a_wrong_protocol_loses_no_records()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        using OtlpHttpExporter exporter = new("1.2.3", _clock);
        Outbox right = new(folder.Combine("outbox"), SettingsInput.Logs("grpc", receiver.Address), time: _clock);
        Outbox wrong = new(folder.Combine("outbox"), SettingsInput.Logs("http/json", receiver.Address), time: _clock);
        right.Append(NumberedRecord.Create(1, 0));
        right.Drain(exporter, Enough, default);
        wrong.Append(NumberedRecord.Create(1, 1));

        Assert.AreEqual(DrainEnd.Refused, wrong.Drain(exporter, Enough, default).End);
        Assert.AreEqual(1, right.Drain(exporter, Enough, default, isAskedFor: true).Delivered);
    }

    [TestMethod]
    public async Task The_tool_sends_in_the_protocol_that_the_publish_had()
    {
        using TemporaryFolder folder = new();
        await using OtlpReceiver receiver = await OtlpReceiver.StartGrpcAsync();
        using OtlpHttpExporter exporter = new("1.2.3", _clock);
        new Outbox(folder.Combine("outbox"), SettingsInput.Logs("grpc", receiver.Address), time: _clock).Append(NumberedRecord.Create(1, 0));

        OtlpDestination found = Outbox.FindDestinations(folder.Combine("outbox"), settings: null).Single();

        Assert.AreEqual(1, new Outbox(folder.Combine("outbox"), found, time: _clock).Drain(exporter, Enough, default).Delivered);
    }

    private ExportResult Send(OtlpDestination destination)
    {
        using OtlpHttpExporter exporter = new("1.2.3", _clock);
        return exporter.Send(destination, default, isCompressed: false, Enough, CancellationToken.None);
    }

    private DrainResult Drain(OtlpDestination destination, int records)
    {
        using TemporaryFolder folder = new();
        using OtlpHttpExporter exporter = new("1.2.3", _clock);
        Outbox outbox = new(folder.Combine("outbox"), destination, time: _clock);
        for (int i = 0; i < records; i++)
        {
            outbox.Append(NumberedRecord.Create(1, i));
        }

        return outbox.Drain(exporter, Enough, CancellationToken.None);
    }
}
