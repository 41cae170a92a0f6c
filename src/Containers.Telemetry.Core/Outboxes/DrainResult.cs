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

    /// <summary>
    /// What the endpoint said of records that it did not take as they are: printable ASCII of at most 200 characters, in its own words; null for
    /// nothing. It may repeat what was sent to it, headers included, so it is shown to the person who asked and kept nowhere.
    /// </summary>
    public string? Message { get; internal init; }

    /// <summary>The status of the answer that ended it.</summary>
    public EndpointStatus Status { get; }

    /// <summary>The HTTP status code of the answer that ended it; 0 when there was none.</summary>
    public int StatusCode => Status.Http;

    /// <summary>When to try again, UTC; null when there is no need to wait.</summary>
    public DateTimeOffset? NextAttempt { get; }
}

/// <summary>Why sending what an outbox holds came to its end.</summary>
public enum DrainEnd
{
    /// <summary>Nothing is left that was there.</summary>
    Empty,

    /// <summary>Another process or thread is sending from this outbox.</summary>
    Busy,

    /// <summary>The endpoint failed lately, or asked to be left alone, and the time to try again has not come.</summary>
    Waiting,

    /// <summary>A setting that the endpoint may ask for cannot be used, so nothing was sent.</summary>
    Held,

    /// <summary>The time was over. What is left waits for the next time.</summary>
    OutOfTime,

    /// <summary>The endpoint could not be reached, or could not take what was sent. What is left waits for the next time.</summary>
    Failed,

    /// <summary>The endpoint refused what was sent for a reason that a setting mends. What is left waits until it is mended.</summary>
    Refused,

    /// <summary>The caller asked for the end.</summary>
    Canceled,
}
