using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Outboxes;

/// <summary>No endpoint can lose its owner's events or disturb the build that sends them.</summary>
[TestClass]
public sealed class HostileEndpointTests
{
    private const int Records = 5;
    private const string Secret = "zqsecretzq";

    // The buffers of a connection hold more than the client has read.
    private const long MostBytesSent = 32 << 20;
    private const long MostBytesAllocated = 16 << 20;

    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    public static IEnumerable<string> Endpoints => HostileEndpoint.Names;

    [TestMethod]
    [DynamicData(nameof(Endpoints))]
    public async Task No_hostile_endpoint_loses_events_stores_secrets_or_fills_the_memory(string endpoint)
    {
        using TemporaryFolder folder = new();
        await using HostileEndpoint server = HostileEndpoint.Start(endpoint);
        OtlpDestination destination = Destination($"http://user:{Secret}1@127.0.0.1:{server.Port}/{Secret}2?key={Secret}3", "http/protobuf");
        Outbox outbox = Fill(folder, destination);
        using OtlpHttpExporter exporter = new("1.2.3", TimeProvider.System);
        long allocated = GC.GetTotalAllocatedBytes();

        DrainResult result = outbox.Drain(exporter, Budget, CancellationToken.None);

        allocated = GC.GetTotalAllocatedBytes() - allocated;
        OutboxStatus status = outbox.GetStatus();
        Assert.AreEqual(Records, status.PendingLines + result.Delivered, result.End.ToString());
        Assert.AreEqual(0, status.Rejected + status.Dropped + status.Unreadable);
        Assert.IsLessThan(MostBytesSent, server.SentBytes);
        Assert.IsLessThan(MostBytesAllocated, allocated);
        AssertNoSecretIn(folder.Path);
        Assert.DoesNotContain(Secret, $"{destination.Url} {result.Status} {result.RejectedWith} {result.Message} {status.LastAnswer}");

        server.IsMended = true;
        using OtlpHttpExporter later = new("1.2.3", TimeProvider.System);
        DrainResult mended = outbox.Drain(later, TimeSpan.FromMinutes(1), CancellationToken.None, isAskedFor: true);
        Assert.AreEqual(Records, result.Delivered + mended.Delivered);
    }

    [TestMethod]
    [DynamicData(nameof(Endpoints))]
    public async Task A_gRPC_client_keeps_its_events_too(string endpoint)
    {
        using TemporaryFolder folder = new();
        await using HostileEndpoint server = HostileEndpoint.Start(endpoint);
        Outbox outbox = Fill(folder, Destination($"http://user:{Secret}1@127.0.0.1:{server.Port}", "grpc"));
        using OtlpHttpExporter exporter = new("1.2.3", TimeProvider.System);

        DrainResult result = outbox.Drain(exporter, Budget, CancellationToken.None);

        Assert.AreEqual(0, result.Delivered + result.Rejected);
        Assert.AreEqual(Records, outbox.GetStatus().PendingLines);
        Assert.IsLessThan(MostBytesSent, server.SentBytes);
        AssertNoSecretIn(folder.Path);
    }

    [TestMethod]
    public async Task TLS_that_cannot_be_trusted_keeps_events()
    {
        using TemporaryFolder folder = new();
        using TestCertificateAuthority authority = TestCertificateAuthority.Create(folder.Path);
        await using OtlpReceiver untrusted = await OtlpReceiver.StartAsync(authority);
        await using OtlpReceiver plain = await OtlpReceiver.StartAsync();

        foreach (int port in new[] { untrusted.Port, plain.Port })
        {
            Outbox outbox = Fill(folder, Destination($"https://user:{Secret}1@127.0.0.1:{port}", "http/protobuf"));
            using OtlpHttpExporter exporter = new("1.2.3", TimeProvider.System);

            DrainResult result = outbox.Drain(exporter, TimeSpan.FromMinutes(1), CancellationToken.None);

            Assert.AreEqual(DrainEnd.Failed, result.End);
            Assert.AreEqual(Records, outbox.GetStatus().PendingLines);
        }

        AssertNoSecretIn(folder.Combine("outbox"));
        Assert.AreEqual(0, untrusted.RequestCount + plain.RequestCount);
    }

    private static OtlpDestination Destination(string endpoint, string protocol) =>
        SettingsInput.Logs(protocol, new Uri(endpoint), ("OTEL_EXPORTER_OTLP_HEADERS", $"x-api-key={Secret}4"));

    private static Outbox Fill(TemporaryFolder folder, OtlpDestination destination)
    {
        Outbox outbox = new(folder.Combine("outbox"), destination);
        for (int i = 0; i < Records; i++)
        {
            outbox.Append(NumberedRecord.Create(1, i));
        }

        return outbox;
    }

    private static void AssertNoSecretIn(string folder)
    {
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.IsNotEmpty(files);
        foreach (string file in files)
        {
            Assert.DoesNotContain(Secret, file + File.ReadAllText(file), file);
        }
    }
}
