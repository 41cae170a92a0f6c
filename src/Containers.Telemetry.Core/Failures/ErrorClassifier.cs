namespace Containers.Telemetry.Failures;

/// <summary>Classifies the error of a failed publish.</summary>
/// <remarks>
/// In this order: a request to cancel; a code that is a complete diagnosis; the exception that left the task or came before a logged error, by the
/// step of the protocol that it belongs to and then by the HTTP status; any other code; the error in the SDK's own telemetry; the proof by
/// parameters; the name of an exception type at the start of a message. The words of a message are in the language of the machine and never count.
/// </remarks>
public static class ErrorClassifier
{
    /// <summary>The code that MSBuild reports when a task throws.</summary>
    private const string UnhandledExceptionCode = "MSB4018";

    /// <summary>Classifies a failure. Always gives an answer; <see cref="ErrorKind.Unknown"/> when there is no evidence.</summary>
    public static Failure Classify(FailureEvidence evidence)
    {
        string? code = CodeIn(evidence);
        IReadOnlyList<Exception> thrown = [.. ThrownBefore(evidence, code).TakeWhile(e => evidence.IsForLocalDaemon || !ExceptionEvidence.IsOfDaemon(e))];
        Exception? cause = CauseIn(thrown);
        bool isDownload = IsDownload(thrown, cause, code);
        ProtocolStep step = StepOf(cause, isDownload);
        string? diagnosis = DiagnosisOf(code, cause);
        int? status = StatusOf(evidence, code, cause, step);
        step = step is ProtocolStep.None ? StepOfRequest(evidence, status) : step;

        ErrorKind kind = KindOf(evidence, diagnosis, cause, step, status);
        TransferDirection direction = DirectionOf(evidence, kind, diagnosis, isDownload || step is ProtocolStep.Blob);
        return new Failure(
            (kind, direction) is (ErrorKind.UploadFailed, TransferDirection.Pull) ? ErrorKind.DownloadFailed : kind,
            direction,
            code ?? (evidence.Escaped is null ? null : UnhandledExceptionCode),
            status,
            ExceptionTypes.NameOf(cause));
    }

    private static ErrorKind KindOf(FailureEvidence evidence, string? code, Exception? cause, ProtocolStep step, int? status)
    {
        return evidence.CancelRequested ? ErrorKind.Canceled
            : IsBrokenLoad(evidence) ? ErrorKind.LocalLoad
            : KindOfTransfer(evidence, cause, step, status)
                ?? KindOfCode(evidence, code)
                ?? ErrorKinds.FromSdkName(evidence.SdkError)
                ?? evidence.ProvedByParameters
                ?? KindOfLeadingTypeName(evidence)
                ?? KindOfDefect(evidence)
                ?? ErrorKind.Unknown;
    }

    /// <summary>The step decides the meaning of the status or the exception.</summary>
    private static ErrorKind? KindOfTransfer(FailureEvidence evidence, Exception? cause, ProtocolStep step, int? status)
    {
        if (status is { } refusal)
        {
            return StatusRule.KindOf(step, refusal, evidence.Phase);
        }

        ErrorKind? kind = cause is null ? null : ExceptionEvidence.KindOf(cause);
        return (step, kind) switch
        {
            // With any other problem there is no token either, such as an answer without one or an invalid address.
            (ProtocolStep.Token, not (ErrorKind.RegistryUnreachable or ErrorKind.ConnectionLost or ErrorKind.Timeout or ErrorKind.TlsFailure)) =>
                ErrorKind.CredentialFailure,
            (ProtocolStep.Blob, ErrorKind.InvalidManifest) => ErrorKind.DownloadFailed,
            _ => kind,
        };
    }

    private static ProtocolStep StepOf(Exception? cause, bool isDownload)
    {
        ProtocolStep step = cause is null ? ProtocolStep.None : ProtocolSteps.Of(cause);
        return step is ProtocolStep.None && isDownload ? ProtocolStep.Blob : step;
    }

    /// <summary>Whether a layer of the base image was being downloaded: by the report of the failure, which older SDKs lack, or by its cause.</summary>
    private static bool IsDownload(IReadOnlyList<Exception> thrown, Exception? cause, string? code) =>
        code == "CONTAINER1018"
        || (thrown.Count > 0 && ExceptionEvidence.IsDownloadReport(thrown[0]))
        || (cause is not null && ProtocolSteps.IsOfDownload(cause));

    /// <summary>The status of the exception; if it has none, the status of the request that it reports.</summary>
    private static int? StatusOf(FailureEvidence evidence, string? code, Exception? cause, ProtocolStep step) => cause switch
    {
        null => StatusIn(evidence, code),
        _ when ExceptionEvidence.HttpStatusOf(cause) is { } status => status,
        _ when ExceptionEvidence.IsRefusal(cause) => RefusalOf(evidence, step)?.Status,
        _ => null,
    };

    /// <summary>The last request of the step that was refused. A token is requested by GET and POST: the absence of one says less than a refusal.</summary>
    private static RefusedRequest? RefusalOf(FailureEvidence evidence, ProtocolStep step) =>
        evidence.Refused
            .Where(request => request.Step == step)
            .OrderBy(request => step is ProtocolStep.Token && request.Status is 404 or 405)
            .FirstOrDefault();

    /// <summary>The step of the last request that was refused with this status, for an SDK whose methods do not tell the step.</summary>
    private static ProtocolStep StepOfRequest(FailureEvidence evidence, int? status) =>
        evidence.Refused.FirstOrDefault(request => request.Status == status)?.Step ?? ProtocolStep.None;

    /// <summary>Whether docker or podman exited while the image was written to it: the broken pipe looks like a lost connection or a full disk.</summary>
    private static bool IsBrokenLoad(FailureEvidence evidence) =>
        evidence is { IsForLocalDaemon: true, Phase: TransferDirection.Push, Escaped: { } escaped } && ExceptionEvidence.IsLocalInputOutput(escaped);

    // The SDK reports a failed check for a blob in the words of a manifest's pull.
    private static ErrorKind? KindOfCode(FailureEvidence evidence, string? code) =>
        code == "CONTAINER1014" && evidence.Phase is TransferDirection.Push ? ErrorKind.UploadFailed : ErrorCodes.KindOf(code);

    /// <summary>The most specific code: that of the cause if the error's own only says that a transfer failed.</summary>
    private static string? DiagnosisOf(string? code, Exception? cause) =>
        ErrorCodes.HasFurtherCause(code) && cause is not null && ExceptionEvidence.CodeOf(cause) is { } ofCause && !ErrorCodes.HasFurtherCause(ofCause)
            ? ofCause
            : code;

    private static string? CodeIn(FailureEvidence evidence) =>
        (evidence.Escaped is { } escaped ? ExceptionEvidence.CodeOf(escaped) : null)
        ?? evidence.Errors
            .Select(static error => ErrorCodes.KindOf(error.Code) is null ? ErrorCodes.FindIn(error.Text) : error.Code)
            .FirstOrDefault(static code => code is not null);

    /// <summary>The exceptions before the failure, the newest first; none if the code alone decides.</summary>
    private static IReadOnlyList<Exception> ThrownBefore(FailureEvidence evidence, string? code)
    {
        if (evidence.Escaped is { } escaped)
        {
            return evidence.Exceptions.Count > 0 && ReferenceEquals(evidence.Exceptions[0], escaped) ? evidence.Exceptions : [escaped];
        }

        if (ErrorCodes.KindOf(code) is not null && !ErrorCodes.HasFurtherCause(code))
        {
            return [];
        }

        return evidence.Errors.FirstOrDefault(static error => error.Exceptions.Count > 0)?.Exceptions
            ?? (evidence.Errors.Count == 0 ? evidence.Exceptions : []);
    }

    private static Exception? CauseIn(IReadOnlyList<Exception> newestFirst) =>
        newestFirst.FirstOrDefault(static exception => !ExceptionEvidence.IsDownloadReport(exception)) is { } cause
            ? HttpFallBack.FailureAfter(cause, newestFirst) ?? cause
            : newestFirst is [var newest, ..] ? newest : null;

    private static int? StatusIn(FailureEvidence evidence, string? code)
    {
        if (!ErrorCodes.HasFurtherCause(code))
        {
            return null;
        }

        foreach (LoggedError error in evidence.Errors)
        {
            if (HttpStatusText.FindIn(error.Text) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private static ErrorKind? KindOfLeadingTypeName(FailureEvidence evidence)
    {
        foreach (LoggedError error in evidence.Errors)
        {
            string text = error.Text ?? "";
            int end = 0;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '.'))
            {
                end++;
            }

            string leadingName = text[..end];
            if (ExceptionEvidence.KindOfTypeName(leadingName[(leadingName.LastIndexOf('.') + 1)..]) is { } kind)
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>The kind of an exception of a general type: an invalid base image while one was read, anywhere else a fault of the SDK.</summary>
    private static ErrorKind? KindOfDefect(FailureEvidence evidence) => evidence switch
    {
        { Escaped: null } => null,
        { Phase: TransferDirection.Pull } => ErrorKind.InvalidManifest,
        _ => ErrorKind.InternalError,
    };

    private static TransferDirection DirectionOf(FailureEvidence evidence, ErrorKind kind, string? code, bool isDownload)
    {
        if (!ErrorKinds.HasDirection(kind))
        {
            return TransferDirection.None;
        }

        // Layers of the base image are fetched while the image is pushed, and the SDK reports a failure there as one of the push.
        TransferDirection evident = isDownload ? TransferDirection.Pull : ErrorCodes.DirectionOf(code);
        return evident is TransferDirection.None || kind is ErrorKind.Canceled ? evidence.Phase : evident;
    }
}

/// <summary>The meaning of a refused request: first the step, then the status. docs/kinds-of-error.md has the same table, and a test compares.</summary>
internal static class StatusRule
{
    /// <summary>Returns the kind of error of a refused request.</summary>
    /// <param name="status">The HTTP status, 400 or more.</param>
    /// <param name="direction">The direction of the transfer, which distinguishes the two requests for a manifest.</param>
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

    /// <summary>Only the first request of a transfer asks for the repository. A 404 later means that a part of the image is absent.</summary>
    private static ErrorKind KindOfAbsence(ProtocolStep step, TransferDirection direction) => step switch
    {
        ProtocolStep.Blob => ErrorKind.DownloadFailed,
        ProtocolStep.BlobCheck or ProtocolStep.Chunk or ProtocolStep.Finish => ErrorKind.UploadFailed,
        ProtocolStep.Manifest when direction is TransferDirection.Push => ErrorKind.UploadFailed,
        _ => ErrorKind.UnknownRepository,
    };
}
