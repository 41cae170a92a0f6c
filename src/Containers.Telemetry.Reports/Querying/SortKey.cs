namespace Containers.Telemetry.Reports.Querying;

/// <summary>The order of the rows of a query.</summary>
/// <param name="Column">The id of a column.</param>
/// <param name="IsDescending">Whether the largest comes first. Rows without a value come last either way.</param>
public sealed record SortKey(string Column, bool IsDescending)
{
    private const string Option = "--sort";
    private const string Ascending = ":asc";
    private const string Descending = ":desc";

    /// <summary>Reads a column with <c>:asc</c> or <c>:desc</c> after it. By default, measures begin with the largest and fields with the smallest.</summary>
    /// <param name="measure">The measure; null for a field.</param>
    internal static SortKey Parse(string text, IReadOnlyList<ReportField> by, QueryContext context, out Measure? measure)
    {
        bool isAscending = text.EndsWith(Ascending, StringComparison.OrdinalIgnoreCase);
        bool isDescending = text.EndsWith(Descending, StringComparison.OrdinalIgnoreCase);
        string name = isAscending ? text[..^Ascending.Length] : isDescending ? text[..^Descending.Length] : text;
        ReportField? field = ReportField.Find(name, context.Dimensions);
        if (by.FirstOrDefault(one => one.Name == field?.Name) is { } key)
        {
            measure = null;
            return new SortKey(key.Name, isDescending);
        }

        IReadOnlyList<string> known = [.. by.Select(static one => one.Title), .. Measure.Names];
        measure = Measure.Find(name) ?? throw new QueryException(
            QueryProblem.Unknown(Option, $"'{name}' is neither a measure nor one of the fields of --by.", name, known));
        return new SortKey(measure.Column.Id, !isAscending);
    }

    public override string ToString() => Column + (IsDescending ? Descending : Ascending);
}
