using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Outboxes;

namespace Containers.Telemetry.Tool.Flush;

/// <summary>The result of sending to one endpoint.</summary>
/// <param name="Waiting">The number of records that waited before.</param>
internal sealed record FlushedOutbox(OtlpDestination Destination, long Waiting, DrainResult Result)
{
    /// <summary>The number of records that still wait.</summary>
    public long Left => Math.Max(0, Waiting - Result.Delivered - Result.Rejected - Result.Unreadable);

    /// <summary>Whether the endpoint accepted all of them.</summary>
    public bool IsDone => Result.RejectedWith is null && Result.Unreadable == 0 && Reason is null;

    /// <summary>Why records still wait and what to do about it, in a sentence; null where all were sent.</summary>
    public string? Reason => Result.End switch
    {
        DrainEnd.Empty => null,
        DrainEnd.Busy => "a publish is sending from there. Run the command again.",
        DrainEnd.Held => "a setting that the endpoint may need, a header, a certificate or the rest of its URL, is missing here. " +
            "Set OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS and the certificates as your publishes do.",
        DrainEnd.OutOfTime => "the timeout has expired. Use a larger --timeout.",
        DrainEnd.Refused => $"it answered {Result.Status}. {EndpointAdvice.For(Result.Status)}",
        _ when Result.Status.Http == 0 => "it could not be reached. Check the address and the network, and run the command again.",
        _ => $"it answered {Result.Status}. Run the command again later.",
    };
}
