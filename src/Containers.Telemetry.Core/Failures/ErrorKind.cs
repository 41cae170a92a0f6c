namespace Containers.Telemetry.Failures;

/// <summary>Why a container publish did not succeed. A closed set: no other reason is ever reported.</summary>
/// <remarks>The first five carry the names that the .NET SDK uses in its own telemetry.</remarks>
public enum ErrorKind
{
    UnknownRepository,
    CredentialFailure,
    RidMismatch,
    MissingBinary,
    LocalLoad,
    RegistryUnreachable,
    ConnectionLost,
    Timeout,
    TlsFailure,
    RegistryThrottled,
    RegistryServerError,
    RegistryRejected,
    UploadFailed,
    DownloadFailed,
    InvalidManifest,
    UnsupportedMediaType,
    InvalidBaseImage,
    InvalidTag,
    InvalidRepositoryName,
    InvalidRegistry,
    InvalidPort,
    InvalidImageFormat,
    InvalidEntrypoint,
    InvalidConfiguration,
    MissingPublishDirectory,
    UnsupportedLocalRegistry,
    UnsupportedRuntimeIdentifiers,
    UnsupportedSdk,
    DiskFailure,
    Canceled,

    /// <summary>Failed or canceled: there is no image, and it could not be seen which of the two is why.</summary>
    Unfinished,

    InternalError,
    Unknown,
}
