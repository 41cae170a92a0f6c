using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Containers.Telemetry.Failures;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Observation;

[TestClass]
public sealed class RegistryResponsesTests
{
    [TestMethod]
    public async Task Newest_RequestsThatWereRefused_AreSeenNewestFirst()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "team/base", "1");
        registry.Faults.Set("team/app", new Fault(FaultDirection.Push, FaultEffect.Status(503)));
        using var client = new HttpClient { BaseAddress = registry.Address };
        using var refused = new RegistryResponses();

        using HttpResponseMessage found = await client.GetAsync("v2/team/base/manifests/1");
        using HttpResponseMessage missing = await client.GetAsync("v2/team/base/manifests/2");
        using HttpResponseMessage broken = await client.PostAsync("v2/team/app/blobs/uploads/", null);

        Assert.AreEqual(HttpStatusCode.OK, found.StatusCode);
        CollectionAssert.AreEqual(
            new RefusedRequest[] { new(ProtocolStep.UploadStart, 503), new(ProtocolStep.Manifest, 404) },
            refused.NewestRefusals().ToArray());
    }

    [TestMethod]
    public async Task Newest_RequestsOfOthers_AreNotSeen()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using var client = new HttpClient { BaseAddress = registry.Address };
        using var refused = new RegistryResponses();
        Task<HttpResponseMessage> apart;
        using (ExecutionContext.SuppressFlow())
        {
            apart = Task.Run(() => client.GetAsync("v2/team/app/manifests/1"));
        }

        using HttpResponseMessage missing = await apart;

        Assert.AreEqual(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.IsEmpty(refused.NewestRefusals());
    }

    [TestMethod]
    public async Task UploadedBlobCount_BlobsThatTheRegistryHas_AreNotCounted()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using var client = new HttpClient { BaseAddress = registry.Address };
        using var responses = new RegistryResponses();
        byte[] blob = [1, 2, 3];
        string digest = "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(blob));

        using HttpResponseMessage started = await client.PostAsync("v2/team/app/blobs/uploads/", null);
        var finish = new UriBuilder(new Uri(registry.Address, started.Headers.Location!));
        finish.Query = $"{finish.Query.TrimStart('?')}&digest={digest}".TrimStart('&');
        using HttpResponseMessage finished = await client.PutAsync(finish.Uri, new ByteArrayContent(blob));
        using HttpResponseMessage found = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "v2/team/app/blobs/" + digest));

        Assert.AreEqual(HttpStatusCode.Created, finished.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, found.StatusCode);
        Assert.AreEqual(1, responses.UploadedBlobCount);
    }

    [TestMethod]
    public async Task Times_OfAPullAndAPush_StartAtTheFirstBlobAndTheFirstUploadWithContent()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "team/base", "1");
        using var client = new HttpClient { BaseAddress = registry.Address };
        using var responses = new RegistryResponses();

        string image = (string)(await ReadAsync(client, "v2/team/base/manifests/1"))["manifests"]![0]!["digest"]!;
        string digest = (string)(await ReadAsync(client, "v2/team/base/manifests/" + image))["config"]!["digest"]!;
        using HttpResponseMessage missing = await client.GetAsync("v2/team/base/blobs/sha256:" + new string('0', 64));
        Assert.IsNull(responses.Pulled);
        Assert.IsNull(responses.PushBegan);
        using HttpResponseMessage configuration = await client.GetAsync("v2/team/base/blobs/" + digest);
        long? pulled = responses.Pulled;
        Assert.IsNotNull(pulled);
        Assert.IsNull(responses.PushBegan);
        using HttpResponseMessage check = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "v2/team/app/blobs/" + digest));
        long? began = responses.PushBegan;
        using HttpResponseMessage started = await client.PostAsync("v2/team/app/blobs/uploads/", null);
        using HttpResponseMessage layer = await client.GetAsync("v2/team/base/blobs/" + digest);

        Assert.IsGreaterThanOrEqualTo(pulled.Value, began!.Value);
        Assert.AreEqual(pulled, responses.Pulled);
        Assert.AreEqual(began, responses.PushBegan);
    }

    [TestMethod]
    public async Task Dispose_RequestsAfterIt_AreNotSeen()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using var client = new HttpClient { BaseAddress = registry.Address };
        var refused = new RegistryResponses();
        refused.Dispose();

        using HttpResponseMessage missing = await client.GetAsync("v2/team/app/manifests/1");

        Assert.IsEmpty(refused.NewestRefusals());
    }

    [TestMethod]
    public async Task Request_ThatIsObserved_IsSentUnchanged()
    {
        string plain = await SendAsync();
        using var refused = new RegistryResponses();

        Assert.AreEqual(plain, await SendAsync());
        Assert.AreEqual(new RefusedRequest(ProtocolStep.Manifest, 404), refused.NewestRefusals().Single());
    }

    private static async Task<JsonNode> ReadAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!;

    /// <summary>Sends a request, and returns it as the server received it.</summary>
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
