using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The exchange that a fault acts on.</summary>
/// <param name="Http">The request and its response.</param>
/// <param name="Route">The resource that the request names.</param>
/// <param name="ProceedAsync">Answers the request like a healthy registry.</param>
/// <param name="Stopping">Canceled when the registry stops.</param>
internal sealed record FaultContext(HttpContext Http, RegistryRoute Route, Func<Task> ProceedAsync, CancellationToken Stopping)
{
    public bool IsPull => Route.Resource switch
    {
        RegistryResource.Manifest => HttpMethods.IsGet(Http.Request.Method) || HttpMethods.IsHead(Http.Request.Method),
        RegistryResource.Blob => HttpMethods.IsGet(Http.Request.Method),
        _ => false,
    };

    public TransferSteps Step => (Route.Resource, Http.Request.Method) switch
    {
        (RegistryResource.Manifest, _) => TransferSteps.Manifest,
        (RegistryResource.Blob, "HEAD") => TransferSteps.BlobCheck,
        (RegistryResource.Blob, _) => TransferSteps.Download,
        (RegistryResource.Upload, "POST") => TransferSteps.UploadStart,
        (RegistryResource.Upload, "PATCH") => TransferSteps.Chunk,
        (RegistryResource.Upload, "PUT") => TransferSteps.Finish,
        (RegistryResource.Token, _) => TransferSteps.Token,
        _ => 0,
    };

    /// <summary>Closes the connection without an answer.</summary>
    [DoesNotReturn]
    public void Abort()
    {
        Http.Abort();

        // A handler that returns counts as an answer, for the server and for the log of requests.
        throw new ConnectionAbortedException();
    }

    /// <summary>Answers like a healthy registry, but returns the body instead of sending it; status and headers are set.</summary>
    public async Task<byte[]> CaptureAsync()
    {
        HttpResponse response = Http.Response;
        Stream body = response.Body;
        using MemoryStream captured = new();
        response.Body = captured;

        try
        {
            await ProceedAsync();
        }
        finally
        {
            response.Body = body;
        }

        return captured.ToArray();
    }
}
