using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure.Tests;

[TestClass]
public sealed class FaultTests : IAsyncDisposable
{
    private const string Repository = "app";
    private const string Tag = "1";
    private const string Marker = "a-text-only-this-test-knows";

    private static readonly byte[] Content = new byte[100_000];

    private OciRegistry _registry = null!;
    private RegistryClient _client = null!;
    private StoredManifest _index = null!;

    [TestInitialize]
    public async Task StartAsync()
    {
        _registry = await OciRegistry.StartAsync();
        _index = BaseImages.Seed(_registry, Repository, Tag);
        _client = new RegistryClient(_registry.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
    }

    [TestMethod]
    [DataRow(403, "DENIED")]
    [DataRow(404, "MANIFEST_UNKNOWN")]
    [DataRow(500, "UNKNOWN")]
    [DataRow(503, "UNKNOWN")]
    public async Task Status_OnPullOfManifest_IsAnsweredWithMarker(int status, string code)
    {
        SetFault(FaultDirection.Pull, FaultEffect.Status(status, Marker));

        using HttpResponseMessage response = await _client.GetManifestAsync(Repository, Tag);

        Assert.AreEqual(status, (int)response.StatusCode);
        JsonNode error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!;
        Assert.AreEqual(code, error["code"]!.GetValue<string>());
        Assert.AreEqual(Marker, error["message"]!.GetValue<string>());
    }

    [TestMethod]
    [DataRow(ChallengeScheme.None, null)]
    [DataRow(ChallengeScheme.Basic, "Basic")]
    [DataRow(ChallengeScheme.Bearer, "Bearer")]
    public async Task Unauthorized_WithScheme_CarriesItsChallenge(ChallengeScheme scheme, string? expected)
    {
        SetFault(FaultDirection.Pull, FaultEffect.Unauthorized(scheme));

        using HttpResponseMessage response = await _client.GetManifestAsync(Repository, Tag);

        Assert.AreEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.AreEqual(expected, response.Headers.WwwAuthenticate.SingleOrDefault()?.Scheme);
    }

    [TestMethod]
    public async Task TooManyRequests_SaysWhenToRetry()
    {
        SetFault(FaultDirection.Push, FaultEffect.TooManyRequests(TimeSpan.FromMinutes(2)));

        using HttpResponseMessage response = await _client.PutManifestAsync(Repository, "2", []);

        Assert.AreEqual(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.AreEqual(TimeSpan.FromMinutes(2), response.Headers.RetryAfter!.Delta);
    }

    [TestMethod]
    public async Task Fault_OnPush_LeavesPullAlone()
    {
        SetFault(FaultDirection.Push, FaultEffect.Status(403));

        using HttpResponseMessage pull = await _client.GetManifestAsync(Repository, Tag);
        using HttpResponseMessage check = await _client.SendAsync(HttpMethod.Head, $"/v2/{Repository}/blobs/{ConfigDigest}");
        using HttpResponseMessage upload = await _client.SendAsync(HttpMethod.Post, $"/v2/{Repository}/blobs/uploads/");
        using HttpResponseMessage manifest = await _client.PutManifestAsync(Repository, "2", Content);

        Assert.AreEqual(HttpStatusCode.OK, pull.StatusCode);
        Assert.AreEqual(HttpStatusCode.Forbidden, check.StatusCode);
        Assert.AreEqual(HttpStatusCode.Forbidden, upload.StatusCode);
        Assert.AreEqual(HttpStatusCode.Forbidden, manifest.StatusCode);
    }

    [TestMethod]
    public async Task Fault_OnManifestOfPush_LeavesBlobsAlone()
    {
        _registry.Faults.Set(Repository, new Fault(FaultDirection.Push, FaultEffect.Status(500)) { Steps = TransferSteps.Manifest });

        await _client.PushBlobAsync(Repository, Content);
        using HttpResponseMessage manifest = await _client.PutManifestAsync(Repository, "2", Content);

        Assert.AreEqual(HttpStatusCode.InternalServerError, manifest.StatusCode);
    }

    [TestMethod]
    public async Task Fault_OnBlobOfPull_LeavesManifestAlone()
    {
        _registry.Faults.Set(Repository, new Fault(FaultDirection.Pull, FaultEffect.Status(500)) { Steps = TransferSteps.Blob });

        using HttpResponseMessage manifest = await _client.GetManifestAsync(Repository, Tag);
        using HttpResponseMessage blob = await _client.GetBlobAsync(Repository, ConfigDigest);

        Assert.AreEqual(HttpStatusCode.OK, manifest.StatusCode);
        Assert.AreEqual(HttpStatusCode.InternalServerError, blob.StatusCode);
    }

    [TestMethod]
    [DataRow(TransferSteps.UploadStart, "POST", "/v2/app/blobs/uploads/")]
    [DataRow(TransferSteps.Chunk, "PATCH", "/v2/app/blobs/uploads/1")]
    [DataRow(TransferSteps.Finish, "PUT", "/v2/app/blobs/uploads/1")]
    [DataRow(TransferSteps.BlobCheck, "HEAD", "/v2/app/blobs/1")]
    [DataRow(TransferSteps.Manifest, "PUT", "/v2/app/manifests/1")]
    [DataRow(TransferSteps.Token, "GET", "/token?scope=repository:app:pull,push")]
    public async Task Fault_OfOneStep_HitsThatStepOnly(TransferSteps step, string method, string path)
    {
        _registry.Faults.Set(Repository, new Fault(FaultDirection.Push, FaultEffect.Status(418)) { Steps = step });
        using HttpResponseMessage hit = await _client.SendAsync(new HttpMethod(method), path);

        _registry.Faults.Set(Repository, new Fault(FaultDirection.Push, FaultEffect.Status(418)) { Steps = (TransferSteps.All | TransferSteps.Token) & ~step });
        using HttpResponseMessage spared = await _client.SendAsync(new HttpMethod(method), path);

        Assert.AreEqual(418, (int)hit.StatusCode);
        Assert.AreNotEqual(418, (int)spared.StatusCode);
    }

    [TestMethod]
    public async Task Unauthorized_WithAChallenge_CarriesItAsItIs()
    {
        SetFault(FaultDirection.Pull, FaultEffect.Unauthorized("Bearer realm=\"/token\""));

        using HttpResponseMessage response = await _client.GetManifestAsync(Repository, Tag);

        Assert.AreEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.AreEqual("Bearer realm=\"/token\"", response.Headers.WwwAuthenticate.Single().ToString());
    }

    [TestMethod]
    public async Task ConnectionClosed_HasNoAnswerAndNoReset()
    {
        SetFault(FaultDirection.Pull, FaultEffect.ConnectionClosed);

        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetManifestAsync(Repository, Tag));

        Assert.AreEqual(HttpRequestError.ResponseEnded, failure.HttpRequestError);
    }

    [TestMethod]
    public async Task Fault_OfOneHost_ShowsThereOnly()
    {
        _registry.Faults.Set(Repository, new Fault(FaultDirection.Pull, FaultEffect.Status(403)) { Host = "ghcr.io" });

        using HttpResponseMessage elsewhere = await _client.GetManifestAsync(Repository, Tag);
        _client.Headers.Host = "ghcr.io";
        using HttpResponseMessage there = await _client.GetManifestAsync(Repository, Tag);

        Assert.AreEqual(HttpStatusCode.OK, elsewhere.StatusCode);
        Assert.AreEqual(HttpStatusCode.Forbidden, there.StatusCode);
    }

    [TestMethod]
    public async Task Fault_OfOneReference_HitsThatOnly()
    {
        _registry.Faults.Set(Repository, new Fault(FaultDirection.Pull, FaultEffect.Status(403)) { Reference = Tag });

        using HttpResponseMessage byTag = await _client.GetManifestAsync(Repository, Tag);
        using HttpResponseMessage byDigest = await _client.GetManifestAsync(Repository, _index.Digest);

        Assert.AreEqual(HttpStatusCode.Forbidden, byTag.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, byDigest.StatusCode);
    }

    [TestMethod]
    public async Task Fault_ForOneTime_HealsAfterwards()
    {
        _registry.Faults.Set(Repository, new Fault(FaultDirection.Pull, FaultEffect.Status(503)) { Times = 1 });

        using HttpResponseMessage first = await _client.GetManifestAsync(Repository, Tag);
        using HttpResponseMessage second = await _client.GetManifestAsync(Repository, Tag);

        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, second.StatusCode);
    }

    [TestMethod]
    public async Task Fault_SetToNone_Heals()
    {
        SetFault(FaultDirection.Pull, FaultEffect.Status(503));

        _registry.Faults.Set(Repository);
        using HttpResponseMessage response = await _client.GetManifestAsync(Repository, Tag);

        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [TestMethod]
    public async Task ConnectionReset_OnPullOfBlob_ResetsAfterPartOfTheBody()
    {
        string digest = await _client.PushBlobAsync(Repository, Content);
        SetFault(FaultDirection.Pull, FaultEffect.ConnectionReset);
        using HttpClient http = new();

        using HttpResponseMessage response = await http.GetAsync(
            new Uri(_registry.Address, $"/v2/{Repository}/blobs/{digest}"), HttpCompletionOption.ResponseHeadersRead);
        Exception exception = await Assert.ThrowsAsync<Exception>(() => response.Content.ReadAsByteArrayAsync());

        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.AreEqual(Content.Length, response.Content.Headers.ContentLength);
        Assert.AreEqual(SocketError.ConnectionReset, (exception.GetBaseException() as SocketException)?.SocketErrorCode);
    }

    [TestMethod]
    public async Task ConnectionReset_OnPushOfBlob_ResetsWhileTheBodyIsSent()
    {
        SetFault(FaultDirection.Push, FaultEffect.ConnectionReset);
        string location = await _client.StartUploadAsync(Repository);

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(
            () => _client.SendAsync(HttpMethod.Patch, location, new byte[50_000_000]));

        // The error depends on whether the client was writing or reading at that moment.
        SocketError? error = (exception.GetBaseException() as SocketException)?.SocketErrorCode;
        Assert.IsTrue(error is SocketError.ConnectionReset or SocketError.Shutdown, exception.ToString());
        Assert.IsNull(_registry.Requests[^1].Status);
    }

    [TestMethod]
    public async Task Hang_UntilTheClientGoesAway_SaysWhenItIsReached()
    {
        Fault hang = new(FaultDirection.Push, FaultEffect.Hang);
        _registry.Faults.Set(Repository, hang);

        Task<HttpResponseMessage> request = _client.SendAsync(HttpMethod.Post, $"/v2/{Repository}/blobs/uploads/");
        await hang.Reached;

        Assert.IsFalse(request.IsCompleted);
        _client.Dispose();
        await Assert.ThrowsAsync<Exception>(() => request);
    }

    [TestMethod]
    public async Task Hang_WhenTheRegistryIsDisposed_Ends()
    {
        Fault hang = new(FaultDirection.Pull, FaultEffect.Hang);
        _registry.Faults.Set(Repository, hang);
        Task<HttpResponseMessage> request = _client.GetManifestAsync(Repository, Tag);
        await hang.Reached;

        await _registry.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => request);
    }

    [TestMethod]
    public async Task TruncatedManifest_IsHalfOfTheJsonWithMatchingLength()
    {
        SetFault(FaultDirection.Pull, FaultEffect.TruncatedManifest);

        using HttpResponseMessage response = await _client.GetManifestAsync(Repository, Tag);

        byte[] body = await response.Content.ReadAsByteArrayAsync();
        CollectionAssert.AreEqual(_index.Content[..body.Length].ToArray(), body);
        Assert.IsTrue(body.Length < _index.Content.Length);
        Assert.AreEqual(MediaTypes.OciIndex, response.Content.Headers.ContentType!.MediaType);
        Assert.Throws<JsonException>(() => JsonNode.Parse(body));
    }

    [TestMethod]
    public async Task NotJson_IsHtmlUnderTheTypeOfTheManifest()
    {
        SetFault(FaultDirection.Pull, FaultEffect.NotJson(Marker));

        using HttpResponseMessage response = await _client.GetManifestAsync(Repository, Tag);

        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.AreEqual(MediaTypes.OciIndex, response.Content.Headers.ContentType!.MediaType);
        Assert.AreEqual($"<html><body>{Marker}</body></html>", await response.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task UnknownMediaType_IsTheManifestUnderAnotherType()
    {
        SetFault(FaultDirection.Pull, FaultEffect.UnknownMediaType);

        using HttpResponseMessage response = await _client.GetManifestAsync(Repository, Tag);

        CollectionAssert.AreEqual(_index.Content.ToArray(), await response.Content.ReadAsByteArrayAsync());
        Assert.AreEqual("application/vnd.example.unknown+json", response.Content.Headers.ContentType!.MediaType);
    }

    [TestMethod]
    public async Task WrongDigest_OnPull_ChangesTheBlobAndNotTheManifest()
    {
        SetFault(FaultDirection.Pull, FaultEffect.WrongDigest);

        using HttpResponseMessage manifest = await _client.GetManifestAsync(Repository, Tag);
        using HttpResponseMessage blob = await _client.GetBlobAsync(Repository, ConfigDigest);

        CollectionAssert.AreEqual(_index.Content.ToArray(), await manifest.Content.ReadAsByteArrayAsync());
        Assert.AreEqual(HttpStatusCode.OK, blob.StatusCode);
        Assert.AreNotEqual(ConfigDigest, RegistryClient.DigestOf(await blob.Content.ReadAsByteArrayAsync()));
    }

    [TestMethod]
    public async Task WrongDigest_OnPush_IsRefusedAtTheEndOfTheUpload()
    {
        SetFault(FaultDirection.Push, FaultEffect.WrongDigest);
        string location = await _client.StartUploadAsync(Repository);

        using HttpResponseMessage response = await _client.SendAsync(
            HttpMethod.Put, $"{location}?digest={RegistryClient.DigestOf(Content)}", Content);

        Assert.AreEqual(HttpStatusCode.BadRequest, response.StatusCode);
        StringAssert.Contains(await response.Content.ReadAsStringAsync(), "DIGEST_INVALID", StringComparison.Ordinal);
    }

    private string ConfigDigest
    {
        get
        {
            string digest = _index.Json["manifests"]![0]!["digest"]!.GetValue<string>();
            Assert.IsTrue(_registry.TryGetManifest(Repository, digest, out StoredManifest? image));
            return image.Json["config"]!["digest"]!.GetValue<string>();
        }
    }

    private void SetFault(FaultDirection direction, FaultEffect effect) =>
        _registry.Faults.Set(Repository, new Fault(direction, effect));
}
