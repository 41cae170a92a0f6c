using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The source of a report's publishes.</summary>
internal interface IPublishSource
{
    /// <summary>The dimensions with tables in a report.</summary>
    IReadOnlyList<ReportField> Dimensions { get; }

    /// <summary>Returns the ends of the first and the last publish before a moment, and the number of later ones.</summary>
    PublishSpan SpanBefore(DateTimeOffset until);

    /// <param name="period">The period in which they ended.</param>
    /// <param name="filter">The filter; null for none.</param>
    IPublishes Select(Period period, Filter? filter);

    /// <summary>Whether a publish has a value, in any case.</summary>
    bool Has(ReportField field, string value);

    /// <summary>The texts of a field that may occur; none if there are too many.</summary>
    IReadOnlyList<string> TextsOf(ReportField field);
}

/// <summary>The ends of publishes.</summary>
/// <param name="First">The end of the first one; the end of the period if there is none.</param>
/// <param name="Last">The end of the last one; the first possible moment if there is none.</param>
/// <param name="Later">Number of publishes that ended after all of these.</param>
internal readonly record struct PublishSpan(DateTimeOffset First, DateTimeOffset Last, long Later);
