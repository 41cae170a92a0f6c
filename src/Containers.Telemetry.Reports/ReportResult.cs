using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Rows;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports;

/// <summary>A report.</summary>
public sealed record ReportResult
{
    /// <summary>The title of a report without one of its own.</summary>
    public const string DefaultTitle = "Container publishes";

    /// <summary>The title.</summary>
    public string Title { get; init; } = DefaultTitle;

    /// <summary>The query.</summary>
    public required ReportQuery Query { get; init; }

    /// <summary>The moment of the report.</summary>
    public required DateTimeOffset Generated { get; init; }

    /// <summary>The period that it is about.</summary>
    public required Period Period { get; init; }

    /// <summary>Number of publishes that it counts.</summary>
    public required long Publishes { get; init; }

    /// <summary>Number of publishes that nothing has ended, which no table counts but the first. See <see cref="UnfinishedPublish"/>.</summary>
    public required long Unfinished { get; init; }

    /// <summary>Number of publishes that may be running, which no table counts. See <see cref="UnfinishedPublish"/>.</summary>
    public required long Running { get; init; }

    /// <summary>Number of publishes left out because they lie more than a day in the future. With an end of the period it is always 0.</summary>
    public required long FromTheFuture { get; init; }

    /// <summary>The answers.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }

    /// <summary>The rows for the page's filter; null when the query does not ask for them, or when there are too many publishes.</summary>
    public PublishRows? Rows { get; init; }

    /// <summary>Filters whose value occurs in no event that was read, whatever the period, with the nearest values that do.</summary>
    public required IReadOnlyList<QueryProblem> UnknownValues { get; init; }

    /// <summary>The groups that meet <see cref="ReportQuery.FailIf"/>, a line for each; empty when none does.</summary>
    public IReadOnlyList<string> FailedBecause { get; init; } = [];

    /// <summary>Counts of the lines and files that were read, and of the ones that could not be.</summary>
    public required ReadingStatistics Reading { get; init; }
}
