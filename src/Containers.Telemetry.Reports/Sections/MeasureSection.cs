using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Percentiles of a number, of all publishes and by the values of a field.</summary>
internal sealed class MeasureSection(string id, string title, EventField measure, ColumnKind kind, EventField by, string note) : ReportSection(id, measure, by)
{
    private const string All = "(all)";

    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        Grouping grouping = context.Plan.Group(GroupKey.Of(ReportField.Of(by), context.Plan.Layout, TimeBucket.Day));
        GroupedValues values = context.Plan.Values(grouping, measure);
        return () =>
        {
            var table = new ReportTable(
                Id,
                title,
                [
                    new(by.Name, by.Name, ColumnKind.Text), TallyColumns.Publishes,
                    new("P50", "p50", kind), new("P95", "p95", kind), new("P99", "p99", kind), new("Largest", "Largest", kind),
                ],
                note);
            object?[][] groups = [.. grouping.InOrder().Select(group => Cells((string?)grouping.CellsOf(group)[0], values.Of(group)))];
            AddIfAny(table, Cells(All, values.All()));
            foreach (object?[] cells in groups)
            {
                AddIfAny(table, cells);
            }

            return [table];
        };
    }

    private static object?[] Cells(string? name, ReadOnlySpan<long> sorted) =>
    [
        name, (long)sorted.Length, Percentiles.Of(sorted, 50), Percentiles.Of(sorted, 95), Percentiles.Of(sorted, 99), Percentiles.Of(sorted, 100),
    ];

    private static void AddIfAny(ReportTable table, object?[] cells)
    {
        if (cells[1] is > 0L)
        {
            table.Add(cells);
        }
    }
}
