namespace Containers.Telemetry.Reports.Querying;

/// <summary>What a report shall say.</summary>
public sealed record ReportQuery
{
    /// <summary>The first moment of the period; null for the first publish there is.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The moment at which the period ends; itself not in it. Null for now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What to group publishes by. When there is something, the report is this one table.</summary>
    public IReadOnlyList<ReportField> By { get; init; } = [];

    /// <summary>Which publishes to count: those that pass all filters.</summary>
    public IReadOnlyList<FieldFilter> Where { get; init; } = [];

    /// <summary>The ids of the sections to make; empty for all. See <see cref="Report.SectionIds"/>.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>Whether the report can be filtered after it was made: it then has a <see cref="ReportResult.Cube"/>.</summary>
    public bool IsFilterable { get; init; }

    /// <summary>Reads a query as it is typed.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="now">What ages are counted from.</param>
    /// <param name="query">The query; what could not be understood is left out of it.</param>
    /// <returns>All that could not be understood; empty when the query is good.</returns>
    public static IReadOnlyList<QueryProblem> Parse(ReportQueryText text, DateTimeOffset now, out ReportQuery query)
    {
        var problems = new List<QueryProblem>();
        var by = new List<ReportField>();
        var where = new List<FieldFilter>();
        var sections = new List<string>();
        foreach (string name in Names("--by", text.By, problems))
        {
            if (!FieldFilter.TryFindField("--by", name, out ReportField? field, out QueryProblem? problem))
            {
                problems.Add(problem!);
            }
            else if (!by.Contains(field!))
            {
                by.Add(field!);
            }
        }

        foreach (string filterText in text.Where)
        {
            if (FieldFilter.TryParse(filterText, out FieldFilter? filter, out QueryProblem? problem))
            {
                where.Add(filter!);
            }
            else
            {
                problems.Add(problem!);
            }
        }

        foreach (string name in Names("--section", text.Sections, problems))
        {
            if (Report.SectionIds.FirstOrDefault(id => id.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } id)
            {
                sections.Add(id);
            }
            else
            {
                problems.Add(new QueryProblem("--section", $"There is no section '{name}'.", NearestNames.Find(name, Report.SectionIds)));
            }
        }

        DateTimeOffset? since = Moment("--since", text.Since, now, problems);
        DateTimeOffset? until = Moment("--until", text.Until, now, problems);
        if (since >= until)
        {
            problems.Add(new QueryProblem("--until", "The period ends before it begins.", []));
        }

        query = new ReportQuery { Since = since, Until = until, By = by, Where = where, Sections = sections };
        return problems;
    }

    private static List<string> Names(string option, IReadOnlyList<string> lists, List<QueryProblem> problems)
    {
        List<string> names = [.. lists.SelectMany(static list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (lists.Count > 0 && names.Count == 0)
        {
            problems.Add(new QueryProblem(option, "There is no name in the list.", []));
        }

        return names;
    }

    private static DateTimeOffset? Moment(string option, string? text, DateTimeOffset now, List<QueryProblem> problems)
    {
        if (text is null)
        {
            return null;
        }

        if (PointInTime.TryParse(text, now, TimeZoneInfo.Utc, out DateTimeOffset time))
        {
            return time;
        }

        problems.Add(new QueryProblem(option, $"'{text}' is no time: write {PointInTime.Forms}.", []));
        return null;
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

    /// <summary>Filters, each <c>FIELD=VALUE</c> or <c>FIELD!=VALUE</c>.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>Ids of sections, also several with commas between them.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];
}
