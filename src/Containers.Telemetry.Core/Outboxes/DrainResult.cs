using Containers.Telemetry.Http;

namespace Containers.Telemetry.Outboxes;

public sealed class DrainResult(DrainEnd end, EndpointStatus status = default, DateTimeOffset? nextAttempt = null)
{
    public DrainEnd End { get; } = end;

    /// <summary>The number of lines that the endpoint accepted.</summary>
    public long Delivered { get; internal init; }

    /// <summary>The number of lines that the endpoint rejected permanently. They are deleted.</summary>
    public long Rejected { get; internal init; }

    /// <summary>The status with which the endpoint rejected lines; null when it rejected none.</summary>
    public EndpointStatus? RejectedWith { get; internal init; }

    /// <summary>The number of lines that were not OTLP/JSON. They are deleted.</summary>
    public long Unreadable { get; internal init; }

    /// <summary>
    /// The endpoint's message about rejected records, harmless and on one line; null for none. It may repeat the request, headers included, so it is
    /// shown to the user and never stored.
    /// </summary>
    public string? Message { get; internal init; }

    /// <summary>The status of the answer that ended it.</summary>
    public EndpointStatus Status { get; } = status;

    /// <summary>When to try again, UTC; null when there is no need to wait.</summary>
    public DateTimeOffset? NextAttempt { get; } = nextAttempt;
}

public enum DrainEnd
{
    Empty,

    /// <summary>Another process or thread is sending from this outbox.</summary>
    Busy,

    /// <summary>The endpoint failed or asked for a pause, and the time to retry has not come.</summary>
    Waiting,

    /// <summary>A setting that the endpoint may need is invalid, so nothing was sent.</summary>
    Held,

    /// <summary>The budget is used up. The remaining events wait for the next drain.</summary>
    OutOfTime,

    /// <summary>The endpoint could not be reached, or answered with a temporary failure. The remaining events wait for the next drain.</summary>
    Failed,

    /// <summary>The endpoint refused the request for a reason that a setting can correct. The remaining events wait.</summary>
    Refused,

    Canceled,
}
