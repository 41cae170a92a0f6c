namespace Containers.Telemetry.Failures;

/// <summary>The steps in which an image is fetched from a registry or brought to one. A closed set.</summary>
public enum ProtocolStep
{
    /// <summary>No request, or one that cannot be told.</summary>
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

    /// <summary>PATCH that brings the content of a blob.</summary>
    Chunk,

    /// <summary>PUT that ends the upload of a blob.</summary>
    Finish,
}
