using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Publishes whose failure rate has changed by more than chance.</summary>
/// <param name="Where">Which publishes and failures: one or two values of fields, as data.</param>
/// <param name="Failures">Their failures in the later period.</param>
/// <param name="Publishes">Their publishes in the later period that were not canceled, whatever became of them.</param>
/// <param name="FailuresBefore">Their failures in the earlier period.</param>
/// <param name="PublishesBefore">Their publishes in the earlier period that were not canceled.</param>
/// <param name="Probability">How probable such a change is by chance alone, for all combinations that were looked at together.</param>
internal sealed record Finding(Filter Where, long Failures, long Publishes, long FailuresBefore, long PublishesBefore, double Probability)
{
    /// <summary>How many failures there would be at the earlier rate.</summary>
    public double Expected => PublishesBefore == 0 ? 0 : (double)FailuresBefore / PublishesBefore * Publishes;

    /// <summary>The days that most of the additional failures lie on, the first and the last; null where they are spread over the period.</summary>
    public (DateOnly First, DateOnly Last)? Days { get; init; }
}
