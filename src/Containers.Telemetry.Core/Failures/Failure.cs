namespace Containers.Telemetry.Failures;

/// <summary>Why a publish failed.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Direction">Which way bytes were going; <see cref="TransferDirection.None"/> when the kind has no direction.</param>
/// <param name="Code">The diagnostic code, or null.</param>
/// <param name="HttpStatus">The HTTP status of the registry, or null.</param>
/// <param name="ExceptionType">The simple type name of the exception behind it, one of <see cref="ExceptionTypes.Names"/>, or null.</param>
public sealed record Failure(ErrorKind Kind, TransferDirection Direction, string? Code, int? HttpStatus, string? ExceptionType);

/// <summary>Which way bytes were going when a publish failed.</summary>
public enum TransferDirection
{
    /// <summary>Nothing was being transferred, or the direction is unknown.</summary>
    None,

    /// <summary>From the registry of the base image.</summary>
    Pull,

    /// <summary>To the registry, daemon or archive that the image was meant for.</summary>
    Push,
}
