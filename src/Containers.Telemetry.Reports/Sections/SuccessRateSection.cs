using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>How many publishes there were, and how they ended.</summary>
internal sealed class SuccessRateSection() : ReportSection("success-rate", IdentityFields.ProjectId)
{
    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        WholeTally whole = context.Plan.Whole();
        IdentityCounts projects = context.Plan.Count(IdentityFields.ProjectId);
        return () =>
        {
            var table = new ReportTable(
                Id,
                "Success rate",
                [
                    TallyColumns.Publishes, TallyColumns.Succeeded, TallyColumns.Failed, TallyColumns.Canceled, TallyColumns.SuccessRate,
                    new("Unfinished", "Unfinished", ColumnKind.Count), TallyColumns.Users, new("Projects", "Projects", ColumnKind.Count),
                ],
                "The success rate leaves cancellations out. Unfinished publishes have no outcome, most because the build was killed; they are counted nowhere else.");
            Tally tally = whole.Tally;
            table.Add(
                tally.Publishes, tally.Succeeded, tally.Failed, tally.Canceled, tally.SuccessRate, context.Plan.Selection.Unfinished, tally.Users, projects.Distinct);
            return [table];
        };
    }
}
