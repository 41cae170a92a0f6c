using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>How many publishes there were, and how they ended.</summary>
internal sealed class SuccessRateSection() : ReportSection("success-rate", IdentityFields.ProjectId)
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        PublishSelection selection = context.Selection;
        var tally = new Tally();
        var projects = new HashSet<long>();
        Storage.FieldColumn project = selection.Layout[IdentityFields.ProjectId];
        foreach (int index in selection.Indices)
        {
            ReadOnlySpan<byte> row = selection[index];
            tally.Add(Row.OutcomeOf(row), Row.TimeOf(row), selection.UserOf(row));
            projects.Add(project.Read(row));
        }

        projects.Remove(0);
        var table = new ReportTable(
            Id,
            "Success rate",
            [
                TallyColumns.Publishes, TallyColumns.Succeeded, TallyColumns.Failed, TallyColumns.Canceled, TallyColumns.SuccessRate,
                new("Unfinished", "Unfinished", ColumnKind.Count), TallyColumns.Users, new("Projects", "Projects", ColumnKind.Count),
            ],
            "The success rate leaves cancellations out. Unfinished publishes have no outcome that was read; they are counted nowhere else.");
        table.Add(tally.Publishes, tally.Succeeded, tally.Failed, tally.Canceled, tally.SuccessRate, selection.Unfinished, tally.Users, (long)projects.Count);
        return [table];
    }
}
