using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Where a report finds publishes.</summary>
internal interface IPublishSource
{
    /// <summary>The dimensions that a report has tables of.</summary>
    IReadOnlyList<ReportField> Dimensions { get; }

    /// <summary>Returns when the first and the last publish ended before a moment, and how many ended later.</summary>
    /// <param name="until">The moment.</param>
    PublishSpan SpanBefore(DateTimeOffset until);

    /// <summary>Selects publishes.</summary>
    /// <param name="period">When they ended.</param>
    /// <param name="filter">What they have to pass; null for no filter.</param>
    IPublishes Select(Period period, Filter? filter);

    /// <summary>Whether a publish has a value, in any case.</summary>
    bool Has(ReportField field, string value);

    /// <summary>The texts of a field that occur, or may; none where there are too many to name.</summary>
    IReadOnlyList<string> TextsOf(ReportField field);
}

/// <summary>When publishes ended.</summary>
/// <param name="First">When the first one did; the end where there is none.</param>
/// <param name="Last">When the last one did; the first moment there is where there is none.</param>
/// <param name="Later">Number of publishes that ended after all of these.</param>
internal readonly record struct PublishSpan(DateTimeOffset First, DateTimeOffset Last, long Later);
