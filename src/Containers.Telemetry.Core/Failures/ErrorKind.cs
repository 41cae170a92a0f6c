namespace Containers.Telemetry.Failures;

/// <summary>The cause of a failed container publish. A closed set.</summary>
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

    /// <summary>Failed or canceled: there is no image, and no evidence of which.</summary>
    Unfinished,

    InternalError,
    Unknown,
}

/// <summary>The names and properties of each <see cref="ErrorKind"/>.</summary>
public static class ErrorKinds
{
    /// <summary>The names as they appear in events, in the order of <see cref="ErrorKind"/>.</summary>
    public static readonly string[] Names = Array.ConvertAll(Enum.GetNames(typeof(ErrorKind)), ToSnakeCase);

    /// <summary>Returns the name that events carry.</summary>
    public static string NameOf(ErrorKind kind) => Names[(int)kind];

    /// <summary>Finds the kind that the SDK's own telemetry named; null for a name the SDK does not use.</summary>
    public static ErrorKind? FromSdkName(string? name) =>
        Array.IndexOf(Names, name) is >= 0 and <= (int)ErrorKind.LocalLoad and var kind ? (ErrorKind)kind : null;

    /// <summary>Whether an error of this kind happens between the build and a registry, so that it has a direction. An invalid setting has none.</summary>
    public static bool HasDirection(ErrorKind kind) => kind is not (ErrorKind.InvalidBaseImage or ErrorKind.InvalidTag or ErrorKind.InvalidRepositoryName
        or ErrorKind.InvalidRegistry or ErrorKind.InvalidPort or ErrorKind.InvalidImageFormat or ErrorKind.InvalidEntrypoint or ErrorKind.InvalidConfiguration
        or ErrorKind.MissingPublishDirectory or ErrorKind.UnsupportedLocalRegistry or ErrorKind.UnsupportedRuntimeIdentifiers or ErrorKind.UnsupportedSdk
        or ErrorKind.DiskFailure);

    private static string ToSnakeCase(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name)
        {
            text.Append(text.Length > 0 && char.IsAsciiLetterUpper(letter) ? "_" : "").Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
