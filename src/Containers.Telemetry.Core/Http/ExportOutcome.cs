namespace Containers.Telemetry.Http;

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
