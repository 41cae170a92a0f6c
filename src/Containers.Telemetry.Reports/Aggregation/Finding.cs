using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Publishes whose failure rate has changed by more than chance.</summary>
/// <param name="Where">The publishes and failures, by one or two values of fields.</param>
/// <param name="Failures">Their failures in the later period.</param>
/// <param name="Publishes">Their publishes in the later period that were not canceled.</param>
/// <param name="FailuresBefore">Their failures in the earlier period.</param>
/// <param name="PublishesBefore">Their publishes in the earlier period that were not canceled.</param>
/// <param name="Probability">The probability of such a change by chance alone, for all tested combinations together.</param>
internal sealed record Finding(Filter Where, long Failures, long Publishes, long FailuresBefore, long PublishesBefore, double Probability)
{
    /// <summary>The expected number of failures at the earlier rate.</summary>
    public double Expected => PublishesBefore == 0 ? 0 : (double)FailuresBefore / PublishesBefore * Publishes;

    /// <summary>The first and the last day with most of the additional failures; null if they are spread over the period.</summary>
    public (DateOnly First, DateOnly Last)? Days { get; init; }
}
