using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Publishes by the values of one field.</summary>
internal sealed class FieldSection(string id, string title, EventField field, string? note = null) : ReportSection(id, field)
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        PublishSelection selection = context.Selection;
        Grouping grouping = Grouping.Of(selection, GroupKey.Of(ReportField.Of(field), selection.Layout, TimeBucket.Day));
        var table = new ReportTable(Id, title, [.. grouping.Columns(), .. TallyColumns.OfGroup], note);
        foreach (Group group in grouping.InOrder())
        {
            table.Add([.. grouping.CellsOf(group), .. TallyColumns.CellsOf(group.Tally, selection.Count)]);
        }

        return [table];
    }
}
