using System.Diagnostics;

namespace Containers.Telemetry.Failures;

/// <summary>The steps of a pull or a push. A closed set.</summary>
public enum ProtocolStep
{
    /// <summary>No request, or an unknown one.</summary>
    None,

    /// <summary>Getting credentials and exchanging them for a token.</summary>
    Token,

    /// <summary>GET of a manifest or an index in a pull, PUT in a push.</summary>
    Manifest,

    /// <summary>GET of a configuration or a layer.</summary>
    Blob,

    /// <summary>HEAD of a blob: whether the registry has it already.</summary>
    BlobCheck,

    /// <summary>POST that begins the upload of a blob.</summary>
    UploadStart,

    /// <summary>PATCH with the content of a blob.</summary>
    Chunk,

    /// <summary>PUT that ends the upload of a blob.</summary>
    Finish,
}

/// <summary>Finds the step of the protocol that an exception or a request belongs to.</summary>
public static class ProtocolSteps
{
    // The SDK has a class for each group of steps and a method for each, under the same names since 8.0.100. The first match counts:
    // requesting a token is a part of every other step.
    private static readonly (string Frame, ProtocolStep Step)[] Frames =
    [
        ("AuthHandshakeMessageHandler.GetAuthenticationAsync(", ProtocolStep.Token),
        ("DefaultManifestOperations.", ProtocolStep.Manifest),
        ("DefaultBlobOperations.ExistsAsync(", ProtocolStep.BlobCheck),
        ("DefaultBlobOperations.", ProtocolStep.Blob),
        ("DefaultBlobUploadOperations.StartAsync(", ProtocolStep.UploadStart),
        ("DefaultBlobUploadOperations.CompleteAsync(", ProtocolStep.Finish),
        ("DefaultBlobUploadOperations.PatchAsync(", ProtocolStep.Chunk),
    ];

    /// <summary>Whether an exception was thrown while a layer of the base image was downloaded. Its content is read outside of all steps.</summary>
    internal static bool IsOfDownload(Exception exception) =>
        new StackTrace(exception, fNeedFileInfo: false).ToString().Contains("Registry.DownloadBlobAsync(", StringComparison.Ordinal);

    /// <summary>Returns the step in which an exception was thrown; <see cref="ProtocolStep.None"/> when its stack has no such method of the SDK.</summary>
    public static ProtocolStep Of(Exception exception)
    {
        // Without file names, which would load symbols. The names of methods are not translated.
        string stack = new StackTrace(exception, fNeedFileInfo: false).ToString();
        if (ExceptionEvidence.IsRefusedAccess(exception) && stack.Contains("AuthHandshakeMessageHandler.", StringComparison.Ordinal))
        {
            // Thrown where the token would have been used: it was refused.
            return ProtocolStep.Token;
        }

        foreach ((string frame, ProtocolStep step) in Frames)
        {
            if (stack.Contains(frame, StringComparison.Ordinal))
            {
                return step;
            }
        }

        return ProtocolStep.None;
    }

    /// <summary>Returns the step of a request of the SDK. Only method and path are read; neither is kept.</summary>
    public static ProtocolStep Of(HttpRequestMessage request)
    {
        string path = request.RequestUri?.AbsolutePath ?? "";
        int manifest = path.LastIndexOf("/manifests/", StringComparison.Ordinal);
        int blob = path.LastIndexOf("/blobs/", StringComparison.Ordinal);
        return request.Method.Method switch
        {
            "PATCH" => ProtocolStep.Chunk,
            "POST" when path.EndsWith("/blobs/uploads/", StringComparison.Ordinal) => ProtocolStep.UploadStart,
            "POST" => ProtocolStep.Token,
            _ when manifest > blob => ProtocolStep.Manifest,
            "PUT" => ProtocolStep.Finish,
            "HEAD" => ProtocolStep.BlobCheck,

            // A registry may redirect the client for a blob. A request for a token accepts anything.
            "GET" when blob >= 0 || request.Headers.Accept.Count > 0 => ProtocolStep.Blob,
            "GET" => ProtocolStep.Token,
            _ => ProtocolStep.None,
        };
    }
}
