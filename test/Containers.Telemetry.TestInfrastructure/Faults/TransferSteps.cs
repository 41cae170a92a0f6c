namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The requests of a pull or a push that a fault applies to.</summary>
[Flags]
public enum TransferSteps
{
    /// <summary>The manifest or the index: GET in a pull, PUT in a push.</summary>
    Manifest = 1,

    /// <summary>The HEAD with which a push checks whether a blob exists. A pull has no such step.</summary>
    BlobCheck = 2,

    /// <summary>The GET of a layer or the configuration. A push has no such step.</summary>
    Download = 4,

    /// <summary>The POST that starts an upload.</summary>
    UploadStart = 8,

    /// <summary>The PATCH with content.</summary>
    Chunk = 16,

    /// <summary>The PUT that completes an upload.</summary>
    Finish = 32,

    /// <summary>The request for a token, by GET or POST. It names one repository, and belongs to both directions.</summary>
    Token = 64,

    /// <summary>A layer or the configuration; in a push its POST, PATCH and PUT.</summary>
    Blob = Download | UploadStart | Chunk | Finish,

    /// <summary>Every request of the direction, except the one for a token.</summary>
    All = Manifest | Blob | BlobCheck,
}
