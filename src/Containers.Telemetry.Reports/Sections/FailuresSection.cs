using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Failures by kind, direction and the registry or local place at that end.</summary>
internal sealed class FailuresSection() : ReportSection(
    "failures",
    OutcomeFields.Error,
    OutcomeFields.Direction,
    OutcomeFields.RemotePullType,
    OutcomeFields.LocalPullType,
    OutcomeFields.RemotePushType,
    OutcomeFields.LocalPushType,
    IdentityFields.ProjectId)
{
    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        RecordLayout layout = context.Plan.Layout;
        Grouping grouping = context.Plan.Group(
            GroupKey.Of(ReportField.Of(OutcomeFields.Error), layout, TimeBucket.Day),
            TransferPlace.FailedKey(layout),
            GroupKey.Of(ReportField.Of(OutcomeFields.Direction), layout, TimeBucket.Day));
        return () => [ToTable(grouping)];
    }

    private ReportTable ToTable(Grouping grouping)
    {
        long failures = grouping.Groups.Sum(static group => group.Tally.Failed);
        var table = new ReportTable(
            Id,
            "Failures",
            [
                .. grouping.Columns(), new("Failures", "Failures", ColumnKind.Count), TallyColumns.Share, TallyColumns.Users,
                new("LastSeen", "Last seen", ColumnKind.Date),
            ],
            "Registry is the one at the end that failed. Cancellations are not counted.");
        foreach (Group group in grouping.InOrder())
        {
            if (group.Tally.Failed > 0)
            {
                table.Add([.. grouping.CellsOf(group), group.Tally.Failed, Tally.Ratio(group.Tally.Failed, failures), group.Tally.Users, TimeBucket.Day.DayOf(group.Tally.Last)]);
            }
        }

        return table;
    }
}
