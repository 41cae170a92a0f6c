using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The OCI distribution API over a <see cref="RepositoryStore"/>, without authentication and faults.</summary>
internal sealed class RegistryEndpoints(RepositoryStore store)
{
    private const string ContentDigestHeader = "Docker-Content-Digest";

    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new(StringComparer.Ordinal);

    public Task HandleAsync(HttpContext context, RegistryRoute route) => (route.Resource, context.Request.Method) switch
    {
        (RegistryResource.ApiVersion, "GET" or "HEAD") => context.Response.WriteContentAsync(200, "application/json", "{}"u8.ToArray()),
        (RegistryResource.Tags, "GET") => ListTagsAsync(context, route),
        (RegistryResource.Manifest, "GET" or "HEAD") => GetManifestAsync(context, route),
        (RegistryResource.Manifest, "PUT") => PutManifestAsync(context, route),
        (RegistryResource.Blob, "GET" or "HEAD") => GetBlobAsync(context, route),
        (RegistryResource.Upload, "POST") => StartUploadAsync(context, route),
        (RegistryResource.Upload, "GET") => GetUploadStatusAsync(context, route),
        (RegistryResource.Upload, "PATCH") => ContinueUploadAsync(context, route),
        (RegistryResource.Upload, "PUT") => FinishUploadAsync(context, route),
        (RegistryResource.Upload, "DELETE") => CancelUploadAsync(context, route),
        (RegistryResource.Unknown, _) => context.Response.WriteErrorAsync(404, "UNSUPPORTED", "This path is not part of the API."),
        _ => context.Response.WriteErrorAsync(405, "UNSUPPORTED", "This method is not supported here."),
    };

    private Task ListTagsAsync(HttpContext context, RegistryRoute route)
    {
        if (!store.TryGet(context.Request.Host.Value!, route.Repository, out ImageRepository? repository))
        {
            return context.Response.WriteErrorAsync(404, "NAME_UNKNOWN", "The repository is not known.");
        }

        JsonObject body = new()
        {
            ["name"] = route.Repository,
            ["tags"] = new JsonArray([.. repository.Tags.Select(tag => JsonValue.Create(tag))]),
        };

        return context.Response.WriteContentAsync(200, "application/json", JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private Task GetManifestAsync(HttpContext context, RegistryRoute route)
    {
        if (!store.TryGet(context.Request.Host.Value!, route.Repository, out ImageRepository? repository)
            || !repository.TryGetManifest(route.Reference, out StoredManifest? manifest))
        {
            return context.Response.WriteErrorAsync(404, "MANIFEST_UNKNOWN", "The manifest is not known.");
        }

        if (!IsAccepted(context.Request, manifest.MediaType))
        {
            return context.Response.WriteErrorAsync(404, "MANIFEST_UNKNOWN", $"The client does not accept {manifest.MediaType}.");
        }

        context.Response.Headers[ContentDigestHeader] = manifest.Digest;
        return context.Response.WriteContentAsync(200, manifest.MediaType, manifest.Content);
    }

    private static bool IsAccepted(HttpRequest request, string mediaType)
    {
        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0 || accepted.Any(type => type.MatchesMediaType(mediaType));
    }

    private async Task PutManifestAsync(HttpContext context, RegistryRoute route)
    {
        byte[] content = await ReadBodyAsync(context.Request);
        StoredManifest manifest = StoredManifest.Create(context.Request.ContentType ?? "", content);
        ImageRepository repository = store.ForPush(context.Request.Host.Value!, route.Repository);

        if (Digest.IsDigest(route.Reference) && route.Reference != manifest.Digest)
        {
            await context.Response.WriteErrorAsync(400, "DIGEST_INVALID", "The content does not have this digest.");
        }
        else if (!TryFindMissingReference(manifest, repository, out string? missing))
        {
            await context.Response.WriteErrorAsync(400, "MANIFEST_INVALID", "The manifest is not valid JSON.");
        }
        else if (missing is not null)
        {
            await context.Response.WriteErrorAsync(400, "MANIFEST_BLOB_UNKNOWN", $"The manifest refers to {missing}, which is not known.");
        }
        else
        {
            repository.AddManifest(manifest, route.Reference);
            WriteCreated(context.Response, $"/v2/{route.Repository}/manifests/{manifest.Digest}", manifest.Digest);
        }
    }

    private static bool TryFindMissingReference(StoredManifest manifest, ImageRepository repository, out string? missing)
    {
        try
        {
            missing = manifest.References.FirstOrDefault(digest => !repository.Contains(digest));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            missing = null;
            return false;
        }
    }

    private Task GetBlobAsync(HttpContext context, RegistryRoute route)
    {
        if (!store.TryGet(context.Request.Host.Value!, route.Repository, out ImageRepository? repository)
            || !repository.TryGetBlob(route.Reference, out byte[]? content))
        {
            return context.Response.WriteErrorAsync(404, "BLOB_UNKNOWN", "The blob is not known.");
        }

        context.Response.Headers[ContentDigestHeader] = route.Reference;
        return context.Response.WriteContentAsync(200, MediaTypes.Blob, content);
    }

    private async Task StartUploadAsync(HttpContext context, RegistryRoute route)
    {
        IQueryCollection query = context.Request.Query;

        if (query["mount"] is [{ } digest]
            && query["from"] is [{ } source]
            && store.TryGet(context.Request.Host.Value!, source, out ImageRepository? from)
            && from.TryGetBlob(digest, out byte[]? blob))
        {
            CreateBlob(context, route, blob);
        }
        else if (query.ContainsKey("digest"))
        {
            await CreateVerifiedBlobAsync(context, route, await ReadBodyAsync(context.Request));
        }
        else
        {
            string id = Guid.NewGuid().ToString("N");
            _uploads[id] = new MemoryStream();
            WriteUploadState(context.Response, 202, route with { Reference = id }, 0);
        }
    }

    private Task GetUploadStatusAsync(HttpContext context, RegistryRoute route)
    {
        if (!_uploads.TryGetValue(route.Reference, out MemoryStream? upload))
        {
            return WriteUnknownUploadAsync(context);
        }

        WriteUploadState(context.Response, 204, route, upload.Length);
        return Task.CompletedTask;
    }

    private async Task ContinueUploadAsync(HttpContext context, RegistryRoute route)
    {
        if (!_uploads.TryGetValue(route.Reference, out MemoryStream? upload))
        {
            await WriteUnknownUploadAsync(context);
        }
        else if (context.Request.GetTypedHeaders().ContentRange is { From: { } start } && start != upload.Length)
        {
            WriteUploadState(context.Response, 416, route, upload.Length);
        }
        else
        {
            await context.Request.Body.CopyToAsync(upload, context.RequestAborted);
            WriteUploadState(context.Response, 202, route, upload.Length);
        }
    }

    private async Task FinishUploadAsync(HttpContext context, RegistryRoute route)
    {
        if (!_uploads.TryRemove(route.Reference, out MemoryStream? upload))
        {
            await WriteUnknownUploadAsync(context);
            return;
        }

        await context.Request.Body.CopyToAsync(upload, context.RequestAborted);
        await CreateVerifiedBlobAsync(context, route, upload.ToArray());
    }

    private Task CancelUploadAsync(HttpContext context, RegistryRoute route)
    {
        if (!_uploads.TryRemove(route.Reference, out _))
        {
            return WriteUnknownUploadAsync(context);
        }

        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Task CreateVerifiedBlobAsync(HttpContext context, RegistryRoute route, byte[] content)
    {
        if (context.Request.Query["digest"] != Digest.Of(content))
        {
            return context.Response.WriteErrorAsync(400, "DIGEST_INVALID", "The content does not have this digest.");
        }

        CreateBlob(context, route, content);
        return Task.CompletedTask;
    }

    private void CreateBlob(HttpContext context, RegistryRoute route, byte[] content)
    {
        string digest = store.ForPush(context.Request.Host.Value!, route.Repository).AddBlob(content);
        WriteCreated(context.Response, $"/v2/{route.Repository}/blobs/{digest}", digest);
    }

    private static void WriteCreated(HttpResponse response, string location, string digest)
    {
        response.StatusCode = 201;
        response.Headers.Location = location;
        response.Headers[ContentDigestHeader] = digest;
    }

    private static void WriteUploadState(HttpResponse response, int status, RegistryRoute route, long length)
    {
        response.StatusCode = status;
        response.Headers.Location = $"/v2/{route.Repository}/blobs/uploads/{route.Reference}";
        response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"0-{Math.Max(0, length - 1)}");
        response.Headers["Docker-Upload-UUID"] = route.Reference;
    }

    private static Task WriteUnknownUploadAsync(HttpContext context) =>
        context.Response.WriteErrorAsync(404, "BLOB_UPLOAD_UNKNOWN", "The upload is not known.");

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }
}
