using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Percentiles of a number, of all publishes and by the values of a field.</summary>
internal sealed class MeasureSection(string id, string title, EventField measure, ColumnKind kind, EventField by, string note) : ReportSection(id, measure, by)
{
    private const string All = "(all)";

    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        PublishSelection selection = context.Selection;
        FieldColumn column = selection.Layout[measure];
        var table = new ReportTable(
            Id,
            title,
            [
                new(by.Name, by.Name, ColumnKind.Text), TallyColumns.Publishes,
                new("P50", "p50", kind), new("P95", "p95", kind), new("P99", "p99", kind), new("Largest", "Largest", kind),
            ],
            note);
        var whole = new ComputedKey(table.Columns[0], static _ => 0, static _ => All);
        AddRows(table, selection, Grouping.Of(selection, whole), column);
        AddRows(table, selection, Grouping.Of(selection, GroupKey.Of(ReportField.Of(by), selection.Layout, TimeBucket.Day)), column);
        return [table];
    }

    private static void AddRows(ReportTable table, PublishSelection selection, Grouping grouping, FieldColumn column)
    {
        IReadOnlyList<ReadOnlyMemory<long>> values = Percentiles.ByGroup(selection, grouping, column);
        foreach (Group group in grouping.InOrder())
        {
            ReadOnlySpan<long> sorted = values[group.Number].Span;
            if (!sorted.IsEmpty)
            {
                table.Add([.. grouping.CellsOf(group), (long)sorted.Length, Percentiles.Of(sorted, 50), Percentiles.Of(sorted, 95), Percentiles.Of(sorted, 99), sorted[^1]]);
            }
        }
    }
}
