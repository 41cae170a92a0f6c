namespace Containers.Telemetry.Http;

/// <summary>The answer to a request to an OTLP endpoint.</summary>
internal sealed class ExportResult(
    ExportOutcome outcome,
    EndpointStatus status = default,
    PartialSuccess partialSuccess = default,
    TimeSpan? retryAfter = null,
    bool isOutOfTime = false)
{
    /// <summary>What became of the request.</summary>
    public ExportOutcome Outcome { get; } = outcome;

    /// <summary>The status of the answer.</summary>
    public EndpointStatus Status { get; } = status;

    /// <summary>The HTTP status code; 0 when there was no answer.</summary>
    public int StatusCode => Status.Http;

    /// <summary>Of what was delivered, the number of log records or spans that the endpoint rejected.</summary>
    public long RejectedItems => PartialSuccess.Rejected;

    /// <summary>What the endpoint says of what was delivered.</summary>
    public PartialSuccess PartialSuccess { get; } = partialSuccess;

    /// <summary>How long the endpoint asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>True when the caller's limit ended it, and not the endpoint's or the network's doing.</summary>
    public bool IsOutOfTime { get; } = isOutOfTime;
}

/// <summary>What became of a request to an OTLP endpoint.</summary>
public enum ExportOutcome
{
    /// <summary>The endpoint took it; parts that it rejected are counted and gone for good.</summary>
    Delivered,

    /// <summary>The endpoint rejected what the request holds. It must not be sent again.</summary>
    Rejected,

    /// <summary>The endpoint rejected it because it holds too much.</summary>
    TooLarge,

    /// <summary>The endpoint refused it for a reason that a setting mends: credentials, URL or protocol. Other requests would fare the same.</summary>
    Refused,

    /// <summary>The endpoint could not be reached, gave no answer in time, or asked to be tried again later.</summary>
    Retryable,
}
