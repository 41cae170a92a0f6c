namespace Containers.Telemetry.Export;

/// <summary>What sending from an outbox has come to.</summary>
public sealed class DrainResult
{
    /// <summary>Why it came to its end.</summary>
    public required DrainEnd End { get; init; }

    /// <summary>The number of lines that the endpoint took.</summary>
    public long Delivered { get; init; }

    /// <summary>The number of lines that the endpoint rejected for good. They are gone.</summary>
    public long Rejected { get; init; }

    /// <summary>The HTTP status code of the answer that ended it; 0 when there was none.</summary>
    public int StatusCode { get; init; }

    /// <summary>When to try again, UTC; null when there is no need to wait.</summary>
    public DateTimeOffset? NextAttempt { get; init; }
}
