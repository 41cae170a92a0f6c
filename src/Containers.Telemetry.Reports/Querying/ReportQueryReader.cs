namespace Containers.Telemetry.Reports.Querying;

/// <summary>Reads a query as it is typed, and collects its problems.</summary>
internal sealed class ReportQueryReader(QueryContext context)
{
    private readonly List<QueryProblem> _problems = [];

    public IReadOnlyList<QueryProblem> Problems => _problems;

    /// <summary>Returns the query, without the parts that could not be understood.</summary>
    public ReportQuery Read(ReportQueryText text)
    {
        List<ReportField> by = [.. Known("--by", text.By, context.FieldOf).DistinctBy(static field => field.Name)];
        Measure? sorted = null;
        var query = new ReportQuery
        {
            Since = Moment("--since", text.Since),
            Until = Moment("--until", text.Until),
            By = by,
            Dimensions = context.Dimensions,
            NamesMeasures = text.Measures.Count > 0,
            Where = WhereOf(text.Where),
            Sort = text.Sort is { } sort ? Try(() => SortKey.Parse(sort, by, context, out sorted)) : null,
            Limit = Number("--limit", text.Limit, smallest: 1),
            Minimum = Number("--min", text.Minimum, smallest: 0) ?? 0,
            Compare = text.Compare is { } compare ? Try(() => CompareSpec.Parse(compare, context)) : null,
            FailIf = text.FailIf is { } condition ? Try(() => Condition.Parse(condition)) : null,
            Sections = Known("--section", text.Sections, SectionOf),
        };
        query = query with { Measures = MeasuresOf(text.Measures, query.Compare is null ? Measure.OfQuery : Measure.OfComparison, sorted) };
        Check(text, query);
        return query;
    }

    private void Check(ReportQueryText text, ReportQuery query)
    {
        if (query.Since >= query.Until)
        {
            Add("--until", "The period ends before it begins.");
        }

        if (query.Compare is { Kind: CompareKind.Moment, Moment: var moment } && (moment <= query.Since || moment >= (query.Until ?? context.Now)))
        {
            string at = PointInTime.Format(moment);
            Add("--compare", $"{at} is not within the period, so nothing is on one of its sides. Name a moment between --since and --until.");
        }

        if (query.IsGrouped && text.Sections.Count > 0)
        {
            Add("--section", "A section beside --by or --compare has no meaning: they make one table of their own. Leave out one of them.");
        }

        (string Option, bool IsUsed)[] needGroups =
        [
            ("--sort", text.Sort is not null), ("--limit", text.Limit is not null), ("--min", text.Minimum is not null),
            ("--measures", text.Measures.Count > 0),
        ];
        if (!query.IsGrouped && _problems.Count == 0 && Array.Find(needGroups, static option => option.IsUsed).Option is { } option)
        {
            Add(option, "It is about the groups of --by. Add --by FIELD.");
        }
    }

    /// <summary>Joins the filters: values of one field are alternatives, as in the page.</summary>
    private Filter? WhereOf(IReadOnlyList<string> texts)
    {
        var filters = new List<(string Key, Filter Filter)>();
        foreach (string text in texts)
        {
            if (FilterParser.TryParse(text, context, out Filter? filter, out ReportField? named, out QueryProblem? problem))
            {
                filters.Add((named?.Name ?? FormattableString.Invariant($"{filters.Count}"), filter!));
            }
            else
            {
                _problems.Add(problem!);
            }
        }

        return filters.Count == 0 ? null
            : Filter.All(filters.GroupBy(static one => one.Key, static one => one.Filter).Select(static same => Widened([.. same])));
    }

    // A day, a week or a month is several comparisons.
    private static Filter Widened(Filter[] same) => same is [Comparison { Field: var field }, _, ..]
        ? new Comparison(field, ComparisonOperator.Equal, [.. same.SelectMany(static one => ((Comparison)one).Values).Distinct()])
        : Filter.Any(same);

    private static string SectionOf(string option, string name) =>
        SectionIds.All.FirstOrDefault(id => id.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new QueryException(QueryProblem.Unknown(option, $"There is no section '{name}'.", name, SectionIds.All));

    private List<Measure> MeasuresOf(IReadOnlyList<string> texts, Measure[] usual, Measure? sorted)
    {
        List<Measure> named = Known("--measures", texts, Measure.Parse);
        IEnumerable<Measure> measures = named.Count > 0 ? named : usual;
        return [.. (sorted is null ? measures : measures.Append(sorted)).DistinctBy(static measure => measure.Column.Id)];
    }

    /// <summary>Resolves the names of an option, without the unknown ones.</summary>
    private List<T> Known<T>(string option, IReadOnlyList<string> lists, Func<string, string, T> find)
        where T : class =>
        [.. Names(option, lists).Select(name => Try(() => find(option, name))).OfType<T>()];

    private List<string> Names(string option, IReadOnlyList<string> lists)
    {
        List<string> names = [.. lists.SelectMany(static list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        if (lists.Count > 0 && names.Count == 0)
        {
            Add(option, "There is no name in the list.");
        }

        return names;
    }

    private DateTimeOffset? Moment(string option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (PointInTime.TryParse(text, context.Now, TimeZoneInfo.Utc, out DateTimeOffset time))
        {
            return time;
        }

        Add(option, $"'{text}' is not a time: write {PointInTime.Forms}.");
        return null;
    }

    private int? Number(string option, string? text, int smallest)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= smallest)
        {
            return number;
        }

        Add(option, FormattableString.Invariant($"'{text}' is not a number of rows or publishes: write a whole number from {smallest}."));
        return null;
    }

    private T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (QueryException e)
        {
            _problems.Add(e.Problem);
            return null;
        }
    }

    private void Add(string option, string text) => _problems.Add(new QueryProblem(option, text, []));
}
