using Containers.Telemetry.Http;

namespace Containers.Telemetry.Outboxes;

/// <summary>The content of an outbox, and its losses.</summary>
public sealed class OutboxStatus
{
    /// <summary>The number of events or spans that wait.</summary>
    public required long PendingLines { get; init; }

    /// <summary>Their length in bytes.</summary>
    public required long PendingBytes { get; init; }

    /// <summary>The latest time since which the oldest of them waits, UTC; null when none waits.</summary>
    public required DateTimeOffset? OldestSince { get; init; }

    /// <summary>The number of events or spans that the endpoint rejected permanently.</summary>
    public required long Rejected { get; init; }

    /// <summary>The number of events or spans that were deleted, the oldest first, because the outbox was full.</summary>
    public required long Dropped { get; init; }

    /// <summary>The number of lines that were not OTLP/JSON, damaged by a failing disk or another program.</summary>
    public required long Unreadable { get; init; }

    /// <summary>How many times in a row the endpoint has failed.</summary>
    public required int Failures { get; init; }

    /// <summary>The last answer of the endpoint; null when there has been none. A success is known to the hour.</summary>
    public EndpointAnswer? LastAnswer { get; init; }

    /// <summary>The last answer that rejected records permanently; null for none.</summary>
    public EndpointAnswer? LastRejection { get; init; }

    /// <summary>The time from which a publish tries again, UTC; null when the next one does.</summary>
    public required DateTimeOffset? NextAttempt { get; init; }
}

/// <param name="Time">Its time, UTC.</param>
public sealed record EndpointAnswer(DateTimeOffset Time, EndpointStatus Status, ExportOutcome Outcome);
