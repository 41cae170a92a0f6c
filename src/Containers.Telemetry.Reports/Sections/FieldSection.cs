using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Publishes by the values of one field.</summary>
internal sealed class FieldSection(string id, string title, EventField field, string? note = null) : ReportSection(id, field)
{
    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        PublishSelection selection = context.Plan.Selection;
        Grouping grouping = context.Plan.Group(GroupKey.Of(ReportField.Of(field), selection.Layout, TimeBucket.Day));
        return () => [ToTable(grouping, selection.Count)];
    }

    private ReportTable ToTable(Grouping grouping, long all)
    {
        var table = new ReportTable(Id, title, [.. grouping.Columns(), .. TallyColumns.OfGroup], note);
        foreach (Group group in grouping.InOrder())
        {
            table.Add([.. grouping.CellsOf(group), .. TallyColumns.CellsOf(group.Tally, all)]);
        }

        return table;
    }
}
