namespace Containers.Telemetry.Failures;

/// <summary>The evidence of one failed run of a container task.</summary>
public sealed class FailureEvidence
{
    /// <summary>The exception that left the task; null when none did.</summary>
    public Exception? Escaped { get; init; }

    /// <summary>The errors that the task logged, oldest first.</summary>
    public IReadOnlyList<LoggedError> Errors { get; init; } = [];

    /// <summary>The exceptions thrown in the task until it ended, newest first.</summary>
    public IReadOnlyList<Exception> Exceptions { get; init; } = [];

    /// <summary>The requests of the task that a registry refused, newest first. Most failures follow a refusal, but few refusals are failures.</summary>
    public IReadOnlyList<RefusedRequest> Refused { get; init; } = [];

    /// <summary>The error that the SDK's own telemetry named; null when it named none.</summary>
    public string? SdkError { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>The direction of the task's transfer; <see cref="TransferDirection.None"/> for a task that transfers nothing.</summary>
    public TransferDirection Phase { get; init; }

    /// <summary>Whether the image was meant for docker or podman.</summary>
    public bool IsForLocalDaemon { get; init; }

    /// <summary>The kind that the task's parameters prove, if the SDK reports the error in words only; null when they prove none.</summary>
    public ErrorKind? ProvedByParameters { get; init; }
}

/// <summary>An error that a task of the SDK has logged, as far as it is evidence.</summary>
/// <param name="Code">The structured code, or null.</param>
/// <param name="Text">The message. It is searched for codes and statuses and then forgotten; it is never part of an event.</param>
/// <param name="Exceptions">The exceptions that the task had thrown when the error was logged, newest first.</param>
public sealed record LoggedError(string? Code, string? Text, IReadOnlyList<Exception> Exceptions);

/// <summary>A request that was answered with a status of 400 or more.</summary>
public sealed record RefusedRequest(ProtocolStep Step, int Status);

/// <summary>Why a publish failed.</summary>
/// <param name="Direction">The direction of the transfer; <see cref="TransferDirection.None"/> when the kind has no direction.</param>
/// <param name="Code">The diagnostic code, or null.</param>
/// <param name="HttpStatus">The HTTP status of the registry, or null.</param>
/// <param name="ExceptionType">The simple type name of the exception behind it, one of <see cref="ExceptionTypes.Names"/>, or null.</param>
public sealed record Failure(ErrorKind Kind, TransferDirection Direction, string? Code, int? HttpStatus, string? ExceptionType);

/// <summary>The direction of the failed transfer.</summary>
public enum TransferDirection
{
    /// <summary>Nothing was being transferred, or the direction is unknown.</summary>
    None,

    /// <summary>From the registry of the base image.</summary>
    Pull,

    /// <summary>To the registry, daemon or archive that the image was meant for.</summary>
    Push,
}
