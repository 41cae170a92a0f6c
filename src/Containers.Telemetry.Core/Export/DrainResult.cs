namespace Containers.Telemetry.Export;

/// <summary>What sending from an outbox has come to.</summary>
public sealed class DrainResult
{
    internal DrainResult(DrainEnd end, long delivered = 0, long rejected = 0, int statusCode = 0, DateTimeOffset? nextAttempt = null)
    {
        End = end;
        Delivered = delivered;
        Rejected = rejected;
        StatusCode = statusCode;
        NextAttempt = nextAttempt;
    }

    /// <summary>Why it came to its end.</summary>
    public DrainEnd End { get; }

    /// <summary>The number of lines that the endpoint took.</summary>
    public long Delivered { get; }

    /// <summary>The number of lines that the endpoint rejected for good. They are gone.</summary>
    public long Rejected { get; }

    /// <summary>The HTTP status code of the answer that ended it; 0 when there was none.</summary>
    public int StatusCode { get; }

    /// <summary>When to try again, UTC; null when there is no need to wait.</summary>
    public DateTimeOffset? NextAttempt { get; }
}
