namespace Containers.Telemetry.Reports.Querying;

/// <summary>The query of a report, as data: publishes, groups, measures, order.</summary>
public sealed record ReportQuery
{
    public ReportSubject Subject { get; init; }

    /// <summary>The first moment of the period; null for the first publish.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The moment at which the period ends; itself not in it. Null for now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The fields to group publishes by. With any, the report is this one table.</summary>
    public IReadOnlyList<ReportField> By { get; init; } = [];

    /// <summary>The filter of the publishes; null for all.</summary>
    public Filter? Where { get; init; }

    public IReadOnlyList<Measure> Measures { get; init; } = Measure.OfQuery;

    /// <summary>Whether the user has named the measures.</summary>
    public bool NamesMeasures { get; init; }

    /// <summary>The order of the groups; null for time order, then the largest first.</summary>
    public SortKey? Sort { get; init; }

    /// <summary>The most groups; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Groups of fewer publishes are left out.</summary>
    public long Minimum { get; init; }

    /// <summary>The comparison of each group; null for none.</summary>
    public CompareSpec? Compare { get; init; }

    /// <summary>The condition of <c>--fail-if</c>; null for none.</summary>
    public Condition? FailIf { get; init; }

    /// <summary>The dimensions that sections are about, too; see <see cref="Reading.DimensionNames"/>.</summary>
    public IReadOnlyCollection<string> Dimensions { get; init; } = [];

    /// <summary>The ids of the sections to make; empty for all. See <see cref="SectionIds"/>.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Whether the report can be filtered later: then it has <see cref="ReportResult.Rows"/>.</summary>
    public bool IsFilterable { get; init; }

    /// <summary>Whether the report is one table of groups that the query asks for, not sections.</summary>
    public bool IsGrouped => By.Count > 0 || Compare is not null;

    /// <summary>Reads a query as it is typed.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="now">What ages are counted from.</param>
    /// <param name="query">The query, without the parts that could not be understood.</param>
    /// <param name="dimensions">The dimensions that occur, which can be named without a prefix; see <see cref="Reading.DimensionNames"/>.</param>
    /// <param name="projects">Reads the names that the user has given to projects, by their ids, which filters take in place of ids; null for none.</param>
    /// <returns>The problems of the query; empty when it is good.</returns>
    public static IReadOnlyList<QueryProblem> Parse(
        ReportQueryText text,
        DateTimeOffset now,
        out ReportQuery query,
        IReadOnlyCollection<string>? dimensions = null,
        Func<IReadOnlyDictionary<string, string>>? projects = null)
    {
        var reader = new ReportQueryReader(new QueryContext(now, dimensions ?? []) { Projects = projects });
        query = reader.Read(text);
        return reader.Problems;
    }
}

/// <summary>A query as it is typed.</summary>
public sealed record ReportQueryText
{
    /// <summary>See <see cref="PointInTime"/>; null for none.</summary>
    public string? Since { get; init; }

    /// <summary>See <see cref="PointInTime"/>; null for none.</summary>
    public string? Until { get; init; }

    /// <summary>Names of fields, also several with commas between them.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Filters; see <see cref="FilterParser"/>. Several with <c>=</c> on one field are alternatives; all others have to match together.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>Names of measures, also several with commas between them; none for those of <see cref="Measure.OfQuery"/>.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>See <see cref="SortKey"/>; null for none.</summary>
    public string? Sort { get; init; }

    /// <summary>The most groups, from 1; null for all.</summary>
    public string? Limit { get; init; }

    /// <summary>The fewest publishes of a group; null for 1.</summary>
    public string? Minimum { get; init; }

    /// <summary>See <see cref="CompareSpec"/>; null for none.</summary>
    public string? Compare { get; init; }

    /// <summary>See <see cref="Condition"/>; null for none.</summary>
    public string? FailIf { get; init; }

    /// <summary>Ids of sections, also several with commas between them.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];
}

public enum ReportSubject
{
    Publishes,

    /// <summary>The single events that an organization's own targets log by the task LogContainerTelemetry.</summary>
    OwnEvents,
}
