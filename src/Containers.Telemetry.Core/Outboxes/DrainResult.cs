using Containers.Telemetry.Http;

namespace Containers.Telemetry.Outboxes;

/// <summary>What sending from an outbox has come to.</summary>
public sealed class DrainResult
{
    internal DrainResult(DrainEnd end, EndpointStatus status = default, DateTimeOffset? nextAttempt = null)
    {
        End = end;
        Status = status;
        NextAttempt = nextAttempt;
    }

    /// <summary>Why it came to its end.</summary>
    public DrainEnd End { get; }

    /// <summary>The number of lines that the endpoint took.</summary>
    public long Delivered { get; internal init; }

    /// <summary>The number of lines that the endpoint rejected for good. They are gone.</summary>
    public long Rejected { get; internal init; }

    /// <summary>The status with which the endpoint rejected lines; null when it rejected none.</summary>
    public EndpointStatus? RejectedWith { get; internal init; }

    /// <summary>The status of the answer that ended it.</summary>
    public EndpointStatus Status { get; }

    /// <summary>The HTTP status code of the answer that ended it; 0 when there was none.</summary>
    public int StatusCode => Status.Http;

    /// <summary>When to try again, UTC; null when there is no need to wait.</summary>
    public DateTimeOffset? NextAttempt { get; }
}
