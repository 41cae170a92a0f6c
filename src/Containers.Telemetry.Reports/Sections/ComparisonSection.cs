using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Compares each group of a query with the same group of other publishes: of the time before, or with another value.</summary>
internal sealed class ComparisonSection(ReportQuery query) : ReportSection(
    "by",
    query.By.Concat(query.Measures.Select(static measure => measure.Field).OfType<Events.Schema.EventField>().Select(ReportField.Of)))
{
    private const string Change = "SuccessRateChange";

    /// <summary>The words for the change of a success rate, in the order of the rows.</summary>
    private static readonly string?[] Verdicts = ["worse", "new", "chance", "better", "gone", null];

    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        ComparedPublishes compared = context.Compared!;
        ReportTable after = Fill(context with { Publishes = compared.After });
        ReportTable before = Fill(context with { Publishes = compared.Before });
        return [Join(after, before, compared)];
    }

    private ReportTable Fill(ReportContext context) => TableEngine.Fill(
        new TableSpec { Id = Id, Dimensions = query.By, Measures = [.. query.Measures, Measure.Succeeded, Measure.Failed, Measure.Canceled] },
        context);

    private ReportTable Join(ReportTable after, ReportTable before, ComparedPublishes compared)
    {
        int keys = query.By.Count;
        string[] names = [.. after.Rows.Concat(before.Rows).Select(row => NameOf(row, keys)).Distinct(StringComparer.Ordinal)];
        Dictionary<string, object?[]> now = after.Rows.ToDictionary(row => NameOf(row, keys), StringComparer.Ordinal);
        Dictionary<string, object?[]> then = before.Rows.ToDictionary(row => NameOf(row, keys), StringComparer.Ordinal);
        var table = new ReportTable(
            Id,
            ReportSections.TitleOf(query),
            [
                .. after.Columns.Take(keys),
                .. query.Measures.SelectMany(static measure => (ReportColumn[])[measure.Column, Before(measure.Column)]),
                new(Change, "Change of success rate", ColumnKind.Points),
                new("Verdict", "Verdict", ColumnKind.Text),
            ],
            NoteOf(compared));
        foreach (object?[] row in names
            .Select(name => (Now: now.GetValueOrDefault(name), Then: then.GetValueOrDefault(name)))
            .Where(pair => Finished(pair.Now) + Finished(pair.Then) >= Math.Max(1, query.Minimum))
            .Select(pair => RowOf(pair.Now, pair.Then, names.Length))
            .OrderBy(static row => Array.IndexOf(Verdicts, row[^1]))
            .ThenBy(static row => row[^2] as double? ?? 0))
        {
            table.Add(row);
        }

        table.Arrange(query.Sort?.Column, query.Sort?.IsDescending is true, query.Limit);
        return table;
    }

    private object?[] RowOf(object?[]? now, object?[]? then, int comparisons) =>
    [
        .. (now ?? then)!.Take(query.By.Count),
        .. Enumerable.Range(query.By.Count, query.Measures.Count).SelectMany(i => (object?[])[now?[i], then?[i]]),
        ChangeOf(now, then),
        VerdictOf(now, then, comparisons),
    ];

    private string NoteOf(ComparedPublishes compared)
    {
        string verdict =
            "The verdict is about the success rate, and is chance if chance alone explains the change (5 %, all rows together). " +
            "The change is in percentage points (pp).";
        return query.Compare!.Kind is CompareKind.Values
            ? $"Before is {query.Compare.Before}, now {query.Compare.After}. {verdict}"
            : $"Now is {TextOf(compared.After.Period)} UTC, before is {TextOf(compared.Before.Period)}. {verdict}";
    }

    private static string TextOf(Period period) =>
        FormattableString.Invariant($"{period.From:yyyy-MM-dd HH:mm} to {period.To:yyyy-MM-dd HH:mm}");

    private static ReportColumn Before(ReportColumn column) => column with { Id = "Previous" + column.Id, Title = "before" };

    private static string NameOf(object?[] row, int keys) => string.Join('\n', row.Take(keys).Select(static cell => cell?.ToString()));

    private static long Succeeded(object?[]? row) => row is null ? 0 : (long)row[^3]!;

    private static long Failed(object?[]? row) => row is null ? 0 : (long)row[^2]!;

    private static long Finished(object?[]? row) => Succeeded(row) + Failed(row);

    private static bool HasNone(object?[]? row) => row is null || Finished(row) + (long)row[^1]! == 0;

    private static object? ChangeOf(object?[]? after, object?[]? before) =>
        Tally.Ratio(Succeeded(after), Finished(after)) is { } now && Tally.Ratio(Succeeded(before), Finished(before)) is { } then ? now - then : null;

    /// <summary>What has become of a group; null where it had publishes before and has some now, and those of one side were all canceled.</summary>
    private static string? VerdictOf(object?[]? after, object?[]? before, int comparisons) =>
        Finished(after) > 0 && Finished(before) > 0
            ? RateTest.VerdictOf(Failed(after), Finished(after), Failed(before), Finished(before), comparisons)
            : HasNone(after) ? "gone" : HasNone(before) ? "new" : null;
}

/// <param name="After">The publishes of the question.</param>
/// <param name="Before">The publishes to compare with.</param>
internal sealed record ComparedPublishes(IPublishes After, IPublishes Before);
