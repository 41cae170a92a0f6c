namespace Containers.Telemetry.Failures;

/// <summary>What the refusal of a request means: first the step, then the status. docs/kinds-of-error.md has the same as a table, and a test compares.</summary>
public static class StatusRule
{
    /// <summary>Returns the kind of error of a refused request.</summary>
    /// <param name="step">What was asked for.</param>
    /// <param name="status">The HTTP status, 400 or more.</param>
    /// <param name="direction">The direction of the transfer; it tells the two requests for a manifest apart.</param>
    public static ErrorKind KindOf(ProtocolStep step, int status, TransferDirection direction) => status switch
    {
        407 => ErrorKind.RegistryUnreachable,
        408 => ErrorKind.Timeout,
        429 => ErrorKind.RegistryThrottled,
        >= 500 => ErrorKind.RegistryServerError,
        _ when step is ProtocolStep.Token => ErrorKind.CredentialFailure,
        401 or 403 => ErrorKind.CredentialFailure,
        404 => KindOfAbsence(step, direction),
        _ => ErrorKind.RegistryRejected,
    };

    /// <summary>Only the first request of a transfer asks for the repository. What is absent later is a part of the transfer.</summary>
    private static ErrorKind KindOfAbsence(ProtocolStep step, TransferDirection direction) => step switch
    {
        ProtocolStep.Blob => ErrorKind.DownloadFailed,
        ProtocolStep.BlobCheck or ProtocolStep.Chunk or ProtocolStep.Finish => ErrorKind.UploadFailed,
        ProtocolStep.Manifest when direction is TransferDirection.Push => ErrorKind.UploadFailed,
        _ => ErrorKind.UnknownRepository,
    };
}
