using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure.Tests;

[TestClass]
public sealed class OciRegistryTests
{
    private static readonly byte[] Layer = Encoding.UTF8.GetBytes("the content of a layer");
    private static readonly byte[] Config = Encoding.UTF8.GetBytes("{}");

    [TestMethod]
    [DataRow(int.MaxValue)]
    [DataRow(5)]
    public async Task Pushed_content_can_be_pulled(int chunkSize)
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using RegistryClient client = new(registry.Address);

        string layer = await client.PushBlobAsync("team/app", Layer, chunkSize);
        string config = await client.PushBlobAsync("team/app", Config);
        byte[] manifest = RegistryClient.CreateManifest(config, layer);
        using HttpResponseMessage put = await client.PutManifestAsync("team/app", "1.0", manifest);

        Assert.AreEqual(HttpStatusCode.Created, put.StatusCode);
        using HttpResponseMessage byTag = await client.GetManifestAsync("team/app", "1.0");
        using HttpResponseMessage byDigest = await client.GetManifestAsync("team/app", RegistryClient.DigestOf(manifest));
        using HttpResponseMessage blob = await client.GetBlobAsync("team/app", layer);
        CollectionAssert.AreEqual(manifest, await byTag.Content.ReadAsByteArrayAsync());
        CollectionAssert.AreEqual(manifest, await byDigest.Content.ReadAsByteArrayAsync());
        CollectionAssert.AreEqual(Layer, await blob.Content.ReadAsByteArrayAsync());
        Assert.AreEqual(MediaTypes.OciManifest, byTag.Content.Headers.ContentType?.MediaType);
        Assert.AreEqual(RegistryClient.DigestOf(manifest), byTag.Headers.GetValues("Docker-Content-Digest").Single());
    }

    [TestMethod]
    public async Task Pushed_content_is_visible_to_the_test()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using RegistryClient client = new(registry.Address);
        string layer = await client.PushBlobAsync("app", Layer);
        byte[] manifest = RegistryClient.CreateManifest(layer, layer);

        using HttpResponseMessage put = await client.PutManifestAsync("app", "1.0", manifest);

        Assert.IsTrue(registry.TryGetManifest("app", "1.0", out StoredManifest? stored));
        Assert.AreEqual(RegistryClient.DigestOf(manifest), stored.Digest);
        Assert.AreEqual(layer, stored.Json["layers"]![0]!["digest"]!.GetValue<string>());
        Assert.IsTrue(registry.TryGetBlob("app", layer, out byte[]? content));
        CollectionAssert.AreEqual(Layer, content);
        Assert.AreEqual("1.0", registry.GetTags("app").Single());
        Assert.IsFalse(registry.TryGetManifest("app", "2.0", out _));
        Assert.IsFalse(registry.TryGetManifest("other", "1.0", out _));
    }

    [TestMethod]
    public async Task Requests_are_recorded_in_order_with_their_status()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using RegistryClient client = new(registry.Address);

        using HttpResponseMessage version = await client.GetAsync("/v2/");
        using HttpResponseMessage missing = await client.GetManifestAsync("app", "latest");
        using HttpResponseMessage mount = await client.SendAsync(HttpMethod.Post, "/v2/app/blobs/uploads/?mount=sha256:0&from=base");

        CollectionAssert.AreEqual(
            new RecordedRequest[]
            {
                new(registry.Authority, "GET", "/v2/", "", 200),
                new(registry.Authority, "GET", "/v2/app/manifests/latest", "", 404),
                new(registry.Authority, "POST", "/v2/app/blobs/uploads/", "?mount=sha256:0&from=base", 202),
            },
            registry.Requests.ToArray());
    }

    [TestMethod]
    public async Task A_blob_of_another_repository_can_be_mounted()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using RegistryClient client = new(registry.Address);
        string layer = await client.PushBlobAsync("base", Layer);

        using HttpResponseMessage before = await client.SendAsync(HttpMethod.Head, $"/v2/app/blobs/{layer}");
        using HttpResponseMessage mount = await client.SendAsync(HttpMethod.Post, $"/v2/app/blobs/uploads/?mount={layer}&from=base");
        using HttpResponseMessage after = await client.SendAsync(HttpMethod.Head, $"/v2/app/blobs/{layer}");

        Assert.AreEqual(HttpStatusCode.NotFound, before.StatusCode);
        Assert.AreEqual(HttpStatusCode.Created, mount.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, after.StatusCode);
        Assert.AreEqual(Layer.Length, after.Content.Headers.ContentLength);
    }

    [TestMethod]
    public async Task A_blob_can_be_uploaded_in_one_request()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using RegistryClient client = new(registry.Address);
        string digest = RegistryClient.DigestOf(Layer);

        using HttpResponseMessage post = await client.SendAsync(HttpMethod.Post, $"/v2/app/blobs/uploads/?digest={digest}", Layer);

        Assert.AreEqual(HttpStatusCode.Created, post.StatusCode);
        Assert.IsTrue(registry.TryGetBlob("app", digest, out _));
    }

    [TestMethod]
    public async Task An_upload_whose_content_has_another_digest_is_refused()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using RegistryClient client = new(registry.Address);
        string location = await client.StartUploadAsync("app");
        string digest = RegistryClient.DigestOf(Config);

        using HttpResponseMessage put = await client.SendAsync(HttpMethod.Put, $"{location}?digest={digest}", Layer);

        Assert.AreEqual(HttpStatusCode.BadRequest, put.StatusCode);
        Assert.IsFalse(registry.TryGetBlob("app", digest, out _));
    }

    [TestMethod]
    public async Task A_manifest_whose_layer_is_missing_is_refused()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        using RegistryClient client = new(registry.Address);
        string config = await client.PushBlobAsync("app", Config);
        byte[] manifest = RegistryClient.CreateManifest(config, RegistryClient.DigestOf(Layer));

        using HttpResponseMessage put = await client.PutManifestAsync("app", "latest", manifest);

        Assert.AreEqual(HttpStatusCode.BadRequest, put.StatusCode);
        StringAssert.Contains(await put.Content.ReadAsStringAsync(), "MANIFEST_BLOB_UNKNOWN", StringComparison.Ordinal);
        Assert.IsFalse(registry.TryGetManifest("app", "latest", out _));
    }

    [TestMethod]
    public async Task A_manifest_is_not_given_to_a_client_that_does_not_accept_its_type()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "base", "1", BaseImageForm.OciIndex);
        using RegistryClient client = new(registry.Address);

        client.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.DockerManifest));
        using HttpResponseMessage refused = await client.GetManifestAsync("base", "1");
        client.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.OciIndex));
        using HttpResponseMessage accepted = await client.GetManifestAsync("base", "1");

        Assert.AreEqual(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, accepted.StatusCode);
    }

    [TestMethod]
    public async Task Tags_are_listed()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "base", "2");
        BaseImages.Seed(registry, "base", "1");
        using RegistryClient client = new(registry.Address);

        using HttpResponseMessage response = await client.GetAsync("/v2/base/tags/list");

        JsonNode? body = await response.Content.ReadFromJsonAsync<JsonNode>();
        Assert.AreEqual("""{"name":"base","tags":["1","2"]}""", body!.ToJsonString());
    }

    [TestMethod]
    public async Task A_repository_seeded_for_one_host_is_seen_there_only()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "base", "1", host: "ghcr.io");
        using RegistryClient client = new(registry.Address);

        using HttpResponseMessage elsewhere = await client.GetManifestAsync("base", "1");
        client.Headers.Host = "ghcr.io";
        using HttpResponseMessage there = await client.GetManifestAsync("base", "1");

        Assert.AreEqual(HttpStatusCode.NotFound, elsewhere.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, there.StatusCode);
        Assert.IsTrue(registry.TryGetManifest("base", "1", out _, host: "ghcr.io"));
    }

    [TestMethod]
    public async Task Basic_credentials_are_asked_for_and_the_right_ones_accepted()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "private", "1");
        registry.RequireCredentials("private", "alice", "secret");
        using RegistryClient client = new(registry.Address);

        using HttpResponseMessage none = await client.GetManifestAsync("private", "1");
        client.Headers.Authorization = Basic("alice", "guess");
        using HttpResponseMessage wrong = await client.GetManifestAsync("private", "1");
        client.Headers.Authorization = Basic("alice", "secret");
        using HttpResponseMessage right = await client.GetManifestAsync("private", "1");

        Assert.AreEqual(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.AreEqual("Basic", none.Headers.WwwAuthenticate.Single().Scheme);
        Assert.AreEqual(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, right.StatusCode);
    }

    [TestMethod]
    public async Task A_bearer_token_is_issued_for_the_right_credentials()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();
        BaseImages.Seed(registry, "private", "1");
        registry.RequireCredentials("private", "alice", "secret", ChallengeScheme.Bearer);
        using RegistryClient client = new(registry.Address);

        using HttpResponseMessage none = await client.GetManifestAsync("private", "1");
        AuthenticationHeaderValue challenge = none.Headers.WwwAuthenticate.Single();
        using HttpResponseMessage refused = await client.GetAsync("/token?scope=repository:private:pull,push");
        client.Headers.Authorization = Basic("alice", "secret");
        using HttpResponseMessage granted = await client.GetAsync("/token?scope=repository:private:pull,push");
        JsonNode? token = await granted.Content.ReadFromJsonAsync<JsonNode>();
        client.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token!["token"]!.GetValue<string>());
        using HttpResponseMessage manifest = await client.GetManifestAsync("private", "1");

        Assert.AreEqual("Bearer", challenge.Scheme);
        StringAssert.Contains(challenge.Parameter, $"realm=\"http://{registry.Authority}/token\"", StringComparison.Ordinal);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, manifest.StatusCode);
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
