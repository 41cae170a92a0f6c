using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Rows;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports;

public sealed record ReportResult
{
    public const string DefaultTitle = "Container publishes";

    public string Title { get; init; } = DefaultTitle;

    public required ReportQuery Query { get; init; }

    public required DateTimeOffset Generated { get; init; }

    public required Period Period { get; init; }

    public required long Publishes { get; init; }

    /// <summary>Number of publishes without an outcome, which only the first table counts. See <see cref="UnfinishedPublish"/>.</summary>
    public required long Unfinished { get; init; }

    /// <summary>Number of publishes that may be running, which no table counts. See <see cref="UnfinishedPublish"/>.</summary>
    public required long Running { get; init; }

    /// <summary>Number of publishes left out because they are more than a day in the future. Always 0 if the period has an end.</summary>
    public required long FromTheFuture { get; init; }

    public required IReadOnlyList<ReportTable> Tables { get; init; }

    /// <summary>The rows for the page's filter; null if the query does not need them, or if there are too many publishes.</summary>
    public PublishRows? Rows { get; init; }

    /// <summary>Filters whose value occurs in no event of any period, with the nearest values that occur.</summary>
    public required IReadOnlyList<QueryProblem> UnknownValues { get; init; }

    /// <summary>The groups that meet <see cref="ReportQuery.FailIf"/>, one line each; empty when none does.</summary>
    public IReadOnlyList<string> FailedBecause { get; init; } = [];

    /// <summary>Counts of the lines and files that were read, and of the ones that could not be.</summary>
    public required ReadingStatistics Reading { get; init; }
}
