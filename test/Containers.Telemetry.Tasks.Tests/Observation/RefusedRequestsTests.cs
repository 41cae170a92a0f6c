using System.Net;
using System.Net.Sockets;
using System.Text;
using Containers.Telemetry.Failures;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class RefusedRequestsTests
{
    [TestMethod]
    public async Task Newest_RequestsThatWereRefused_AreSeenNewestFirst()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "team/base", "1");
        registry.Faults.Set("team/app", new Fault(TestInfrastructure.TransferDirection.Push, FaultEffect.Status(503)));
        using var client = new HttpClient { BaseAddress = registry.Address };
        using var refused = new RefusedRequests();

        using HttpResponseMessage found = await client.GetAsync("v2/team/base/manifests/1");
        using HttpResponseMessage missing = await client.GetAsync("v2/team/base/manifests/2");
        using HttpResponseMessage broken = await client.PostAsync("v2/team/app/blobs/uploads/", null);

        Assert.AreEqual(HttpStatusCode.OK, found.StatusCode);
        CollectionAssert.AreEqual(
            new RefusedRequest[] { new(ProtocolStep.UploadStart, 503), new(ProtocolStep.Manifest, 404) },
            refused.Newest().ToArray());
    }

    [TestMethod]
    public async Task Newest_RequestsOfOthers_AreNotSeen()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using var client = new HttpClient { BaseAddress = registry.Address };
        using var refused = new RefusedRequests();
        Task<HttpResponseMessage> apart;
        using (ExecutionContext.SuppressFlow())
        {
            apart = Task.Run(() => client.GetAsync("v2/team/app/manifests/1"));
        }

        using HttpResponseMessage missing = await apart;

        Assert.AreEqual(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.IsEmpty(refused.Newest());
    }

    [TestMethod]
    public async Task Dispose_RequestsAfterIt_AreNotSeen()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using var client = new HttpClient { BaseAddress = registry.Address };
        var refused = new RefusedRequests();
        refused.Dispose();

        using HttpResponseMessage missing = await client.GetAsync("v2/team/app/manifests/1");

        Assert.IsEmpty(refused.Newest());
    }

    [TestMethod]
    public async Task Request_ThatIsWatched_IsSentAsItIs()
    {
        string plain = await SendAsync();
        using var refused = new RefusedRequests();

        Assert.AreEqual(plain, await SendAsync());
        Assert.AreEqual(new RefusedRequest(ProtocolStep.Manifest, 404), refused.Newest().Single());
    }

    /// <summary>Sends a request and returns it as it arrived.</summary>
    private static async Task<string> SendAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{listener.LocalEndpoint}/") };
        client.DefaultRequestHeaders.Host = "registry.example";
        Task<HttpResponseMessage> response = client.GetAsync("v2/team/app/manifests/1");

        using TcpClient connection = await listener.AcceptTcpClientAsync();
        byte[] request = new byte[4096];
        int length = await connection.GetStream().ReadAsync(request);
        await connection.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        (await response).Dispose();
        return Encoding.ASCII.GetString(request, 0, length);
    }
}
