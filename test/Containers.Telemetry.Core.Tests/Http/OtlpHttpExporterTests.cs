using System.Net;
using System.Net.Sockets;
using System.Text;
using Containers.Telemetry.Core.Tests.Store;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Http;

[TestClass]
public sealed class OtlpHttpExporterTests
{
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"resourceLogs":[]}""");
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(300);

    // Long enough for a busy machine to notice the timeout, and far shorter than a request that hangs.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(1);

    private readonly ManualClock _clock = new(new DateTime(2026, 11, 21, 9, 30, 0));

    [TestMethod]
    public async Task A_request_has_the_configured_headers_and_compression()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();

        ExportResult result = Send(SettingsInput.Logs(
            "http/json",
            receiver.Address,
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s%20e"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")));

        ReceivedRequest request = receiver.Requests.Single();
        Assert.AreEqual(ExportOutcome.Delivered, result.Outcome);
        Assert.AreEqual("POST", request.Method);
        Assert.AreEqual("/v1/logs", request.Path);
        Assert.AreEqual("""{"resourceLogs":[]}""", request.Text);
        Assert.AreEqual("application/json", request.Headers["Content-Type"]);
        Assert.AreEqual("gzip", request.Headers["Content-Encoding"]);
        Assert.AreEqual("s e", request.Headers["api-key"]);
        Assert.AreEqual("Containers.Telemetry/1.2.3", request.Headers["User-Agent"]);
    }

    [TestMethod]
    public async Task A_request_is_not_compressed_by_default()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();

        Send(SettingsInput.Logs("http/json", receiver.Address));

        ReceivedRequest request = receiver.Requests.Single();
        Assert.IsFalse(request.Headers.ContainsKey("Content-Encoding"));
        Assert.AreEqual("""{"resourceLogs":[]}""", request.Text);
    }

    [TestMethod]
    public async Task Credentials_of_the_url_are_sent_as_a_header()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        Uri endpoint = new UriBuilder(receiver.Address) { UserName = "user", Password = "p%40ss" }.Uri;

        Send(SettingsInput.Logs("http/json", endpoint));

        Assert.AreEqual("Basic dXNlcjpwQHNz", receiver.Requests.Single().Headers["Authorization"]);
    }

    [TestMethod]
    public async Task Requests_share_a_connection()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        OtlpDestination destination = SettingsInput.Logs("http/json", receiver.Address);
        using OtlpHttpExporter exporter = new("1.2.3", _clock);

        for (int i = 0; i < 5; i++)
        {
            exporter.Send(destination, Body, isCompressed: false, Enough, CancellationToken.None);
        }

        Assert.AreEqual(1, receiver.ConnectionCount);
        Assert.AreEqual(5, receiver.RequestCount);
    }

    [TestMethod]
    [DataRow(200, ExportOutcome.Delivered)]
    [DataRow(202, ExportOutcome.Delivered)]
    [DataRow(301, ExportOutcome.Refused)]
    [DataRow(400, ExportOutcome.Rejected)]
    [DataRow(401, ExportOutcome.Refused)]
    [DataRow(403, ExportOutcome.Refused)]
    [DataRow(404, ExportOutcome.Refused)]
    [DataRow(408, ExportOutcome.Retryable)]
    [DataRow(405, ExportOutcome.Refused)]
    [DataRow(413, ExportOutcome.TooLarge)]
    [DataRow(415, ExportOutcome.Refused)]
    [DataRow(429, ExportOutcome.Retryable)]
    [DataRow(500, ExportOutcome.Rejected)]
    [DataRow(501, ExportOutcome.Refused)]
    [DataRow(502, ExportOutcome.Retryable)]
    [DataRow(503, ExportOutcome.Retryable)]
    [DataRow(504, ExportOutcome.Retryable)]
    public async Task The_status_decides_the_outcome(int status, ExportOutcome expected)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Status(status));

        ExportResult result = Send(SettingsInput.Logs("http/json", receiver.Address));

        Assert.AreEqual(expected, result.Outcome);
        Assert.AreEqual(status, result.Status.Http);
        Assert.IsNull(result.RetryAfter);
        Assert.AreEqual(1, receiver.RequestCount);
    }

    [TestMethod]
    [DataRow("120", 120)]
    [DataRow("0", 0)]
    [DataRow("99999999999999", int.MaxValue)]
    [DataRow("Sat, 21 Nov 2026 09:32:00 GMT", 120)]
    [DataRow("Sat, 21 Nov 2026 09:00:00 GMT", 0)]
    [DataRow("soon", null)]
    [DataRow("-1", null)]
    public async Task Retry_After_is_read(string header, int? seconds)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Status(429, header));

        ExportResult result = Send(SettingsInput.Logs("http/json", receiver.Address));

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.AreEqual(seconds, result.RetryAfter?.TotalSeconds);
    }

    [TestMethod]
    [DataRow("""{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"x"}}""", 3)]
    [DataRow("""{"partialSuccess":{"rejectedLogRecords":3}}""", 3)]
    [DataRow("""{"partial_success":{"rejected_log_records":"3"}}""", 3)]
    [DataRow("""{"partialSuccess":{"rejectedSpans":"2"}}""", 2)]
    [DataRow("""{"partialSuccess":{"errorMessage":"rejected nothing, but do mind the limits"}}""", 0)]
    [DataRow("""{"partialSuccess":{"rejectedLogRecords":"-3"}}""", 0)]
    [DataRow("""{"partialSuccess":{"rejectedLogRecords":"many"}}""", 0)]
    [DataRow("""{"other":{"deep":{"rejectedLogRecords":"3"}}}""", 0)]
    [DataRow("""{"partialSuccess":{"rejectedLogRecords":""", 0)]
    [DataRow("""{}""", 0)]
    [DataRow("", 0)]
    [DataRow("<html>rejected</html>", 0)]
    public async Task A_partial_success_counts_what_was_rejected(string body, int rejected)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.AcceptWithBody(body));

        ExportResult result = Send(SettingsInput.Logs("http/json", receiver.Address));

        Assert.AreEqual(ExportOutcome.Delivered, result.Outcome);
        Assert.AreEqual(rejected, result.PartialSuccess.Rejected);
    }

    [TestMethod]
    public async Task A_redirect_is_not_followed()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using OtlpReceiver other = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Redirect(other.Address));

        ExportResult result = Send(SettingsInput.Logs("http/json", receiver.Address));

        Assert.AreEqual(ExportOutcome.Refused, result.Outcome);
        Assert.AreEqual(0, other.RequestCount);
    }

    [TestMethod]
    public async Task A_huge_response_is_not_read_to_its_end()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.AcceptWithBody(int.MaxValue));

        ExportResult result = Send(SettingsInput.Logs("http/json", receiver.Address));

        Assert.AreEqual(ExportOutcome.Delivered, result.Outcome);
    }

    [TestMethod]
    public void A_refused_connection_is_retryable()
    {
        using ClosedPort port = new();

        ExportResult result = Send(SettingsInput.Logs("http/json", port.Address));

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.AreEqual(0, result.Status.Http);
        Assert.IsFalse(result.IsOutOfTime);
    }

    [TestMethod]
    public async Task A_connection_that_ends_after_the_body_is_retryable()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Disconnect);

        ExportResult result = Send(SettingsInput.Logs("http/json", receiver.Address));

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.AreEqual(1, receiver.RequestCount);
    }

    [TestMethod]
    public async Task No_answer_ends_with_the_limit()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Hang);

        ExportResult result = await SendAsync(SettingsInput.Logs("http/json", receiver.Address), Little);

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.IsTrue(result.IsOutOfTime);
    }

    [TestMethod]
    public async Task No_answer_ends_with_the_timeout_of_the_settings()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Hang);

        ExportResult result = await SendAsync(SettingsInput.Logs("http/json", receiver.Address, ("OTEL_EXPORTER_OTLP_TIMEOUT", "200")), TimeSpan.MaxValue);

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.IsFalse(result.IsOutOfTime);
    }

    [TestMethod]
    public async Task A_server_that_accepts_no_connection_ends_with_the_limit()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog: 0);
        int port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        // These two fill the queue, so that the next connection gets no answer to its first packet (on systems that respect the backlog).
        using TcpClient first = new();
        using TcpClient second = new();
        _ = first.ConnectAsync(IPAddress.Loopback, port);
        _ = second.ConnectAsync(IPAddress.Loopback, port);

        ExportResult result = await SendAsync(SettingsInput.Logs("http/json", new UriBuilder("http", "127.0.0.1", port).Uri), Little);

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        Assert.IsTrue(result.IsOutOfTime);
    }

    [TestMethod]
    public async Task A_successful_response_without_an_end_is_a_success()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Otherwise = ReceiverBehavior.AcceptWithEndlessWait;
        ExportOutcome? outcome = null;

        // A busy machine may need a longer limit to receive the beginning of the response.
        foreach (TimeSpan limit in Budgets.Growing(Little).TakeWhile(_ => outcome is not ExportOutcome.Delivered))
        {
            outcome = (await SendAsync(SettingsInput.Logs("http/json", receiver.Address), limit)).Outcome;
        }

        Assert.AreEqual(ExportOutcome.Delivered, outcome);
    }

    [TestMethod]
    public async Task Cancellation_ends_a_request()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        receiver.Next(ReceiverBehavior.Hang);
        using CancellationTokenSource cancellation = new(Little);

        ExportResult result = await SendAsync(SettingsInput.Logs("http/json", receiver.Address), Enough, cancellation.Token);

        Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
    }

    [TestMethod]
    public async Task TLS_trusts_the_authority_of_the_settings()
    {
        using TemporaryFolder folder = new();
        using TestCertificateAuthority authority = TestCertificateAuthority.Create(folder.Path);
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(authority);

        ExportResult result = Send(SettingsInput.Logs("http/json", receiver.Address, ("OTEL_EXPORTER_OTLP_CERTIFICATE", authority.PemPath)));

        Assert.AreEqual(ExportOutcome.Delivered, result.Outcome);
        Assert.AreEqual(1, receiver.RequestCount);
    }

    [TestMethod]
    public async Task TLS_does_not_trust_an_authority_that_is_not_known()
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder otherFolder = new();
        using TestCertificateAuthority authority = TestCertificateAuthority.Create(folder.Path);
        using TestCertificateAuthority other = TestCertificateAuthority.Create(otherFolder.Path);
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(authority);

        foreach (OtlpDestination destination in new[]
        {
            SettingsInput.Logs("http/json", receiver.Address),
            SettingsInput.Logs("http/json", receiver.Address, ("OTEL_EXPORTER_OTLP_CERTIFICATE", other.PemPath)),
        })
        {
            ExportResult result = Send(destination);

            Assert.AreEqual(ExportOutcome.Retryable, result.Outcome);
        }

        Assert.AreEqual(0, receiver.RequestCount);
    }

    [TestMethod]
    public async Task A_client_proves_who_it_is_by_its_certificate()
    {
        using TemporaryFolder folder = new();
        using TestCertificateAuthority authority = TestCertificateAuthority.Create(folder.Path);
        (string certificate, string key) = authority.CreateClientFiles(folder.Path);
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync(authority, asksForCertificate: true);
        (string, string) trust = ("OTEL_EXPORTER_OTLP_CERTIFICATE", authority.PemPath);

        ExportResult without = Send(SettingsInput.Logs("http/json", receiver.Address, trust));
        ExportResult with = Send(SettingsInput.Logs(
            "http/json",
            receiver.Address,
            trust,
            ("OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", certificate),
            ("OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY", key)));

        Assert.AreEqual(ExportOutcome.Retryable, without.Outcome);
        Assert.AreEqual(ExportOutcome.Delivered, with.Outcome);
        Assert.AreEqual(1, receiver.RequestCount);
    }

    [TestMethod]
    public async Task A_name_under_localhost_is_this_machine()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();

        ExportResult result = Send(SettingsInput.Logs("http/json", new UriBuilder("http", "otel.dev.localhost", receiver.Port).Uri));

        Assert.AreEqual(ExportOutcome.Delivered, result.Outcome);
        Assert.AreEqual($"otel.dev.localhost:{receiver.Port}", receiver.Requests.Single().Headers["Host"]);
    }

    [TestMethod]
    [DataRow("http://traces.dev.localhost:4318", true)]
    [DataRow("http://127.0.0.2:4318", false)]
    [DataRow("http://localhost:4318", false)]
    public void Only_names_under_localhost_share_connections_that_do_not_resolve_them(string other, bool expected)
    {
        using var transport = new OtlpTransport(SettingsInput.Logs(new Uri("http://logs.dev.localhost:4318")));

        Assert.AreEqual(expected, transport.IsFor(SettingsInput.Logs(new Uri(other))));
    }

    [TestMethod]
    [DataRow("*", true)]
    [DataRow(" * ", true)]
    [DataRow("*.example", false)]
    [DataRow("", false)]
    [DataRow(null, false)]
    public void An_asterisk_alone_excludes_all_hosts_from_the_proxy(string? noProxy, bool expected) =>
        Assert.AreEqual(expected, OtlpTransport.ExcludesAllHosts(noProxy));

    [TestMethod]
    public async Task An_invalid_certificate_file_is_retryable()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.Combine("ca.pem"), "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
        OtlpDestination destination = SettingsInput.Logs(
            "http/json", new Uri("https://127.0.0.1:1"), ("OTEL_EXPORTER_OTLP_CERTIFICATE", folder.Combine("ca.pem")));

        Assert.AreEqual(ExportOutcome.Retryable, Send(destination).Outcome);
    }

    private Task<ExportResult> SendAsync(OtlpDestination destination, TimeSpan limit, CancellationToken cancellationToken = default) =>
        Task.Run(() => Send(destination, limit, cancellationToken), CancellationToken.None).WaitAsync(AtOnce, CancellationToken.None);

    private ExportResult Send(OtlpDestination destination) => Send(destination, Enough, CancellationToken.None);

    private ExportResult Send(OtlpDestination destination, TimeSpan limit, CancellationToken cancellationToken)
    {
        using OtlpHttpExporter exporter = new("1.2.3", _clock);
        return exporter.Send(destination, Body, destination.IsCompressed, limit, cancellationToken);
    }
}
