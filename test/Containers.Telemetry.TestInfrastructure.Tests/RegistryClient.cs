using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Containers.Telemetry.TestInfrastructure.Tests;

/// <summary>A client that uses the same requests as the .NET SDK.</summary>
internal sealed class RegistryClient(Uri registry, HttpMessageHandler? handler = null) : IDisposable
{
    private readonly HttpClient _http = new(handler ?? new SocketsHttpHandler { UseProxy = false }) { BaseAddress = registry };

    public HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    public static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> GetManifestAsync(string repository, string reference) =>
        GetAsync($"/v2/{repository}/manifests/{reference}");

    public Task<HttpResponseMessage> GetBlobAsync(string repository, string digest) => GetAsync($"/v2/{repository}/blobs/{digest}");

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body = null, string? mediaType = null)
    {
        HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative))
        {
            Content = body is null ? null : new ByteArrayContent(body),
        };

        if (mediaType is not null)
        {
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }

        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> PutManifestAsync(string repository, string reference, byte[] content) =>
        SendAsync(HttpMethod.Put, $"/v2/{repository}/manifests/{reference}", content, MediaTypes.OciManifest);

    public async Task<string> StartUploadAsync(string repository)
    {
        using HttpResponseMessage response = await SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/");
        Assert.AreEqual(HttpStatusCode.Accepted, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>Uploads a blob in chunks and returns its digest.</summary>
    public async Task<string> PushBlobAsync(string repository, byte[] content, int chunkSize = int.MaxValue)
    {
        string location = await StartUploadAsync(repository);

        foreach (byte[] chunk in content.Chunk(chunkSize))
        {
            using HttpResponseMessage patched = await SendAsync(HttpMethod.Patch, location, chunk);
            Assert.AreEqual(HttpStatusCode.Accepted, patched.StatusCode);
            location = patched.Headers.Location!.OriginalString;
        }

        using HttpResponseMessage finished = await SendAsync(HttpMethod.Put, $"{location}?&digest={DigestOf(content)}");
        Assert.AreEqual(HttpStatusCode.Created, finished.StatusCode);
        return DigestOf(content);
    }

    /// <summary>A manifest with a configuration and one layer.</summary>
    public static byte[] CreateManifest(string configDigest, string layerDigest) => Encoding.UTF8.GetBytes(
        $$"""
        {
          "schemaVersion": 2,
          "mediaType": "{{MediaTypes.OciManifest}}",
          "config": { "mediaType": "{{MediaTypes.OciConfig}}", "size": 1, "digest": "{{configDigest}}" },
          "layers": [ { "mediaType": "{{MediaTypes.OciLayer}}", "size": 1, "digest": "{{layerDigest}}" } ]
        }
        """);

    public void Dispose() => _http.Dispose();
}
