using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Versions of the .NET SDK, since when they are in use, and whether they are still supported.</summary>
internal sealed class SdkVersionsSection() : ReportSection("sdk-versions", SurroundingsFields.SdkVersion)
{
    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        PublishSelection selection = context.Plan.Selection;
        Grouping grouping = context.Plan.Group(GroupKey.Of(ReportField.Of(SurroundingsFields.SdkVersion), selection.Layout, TimeBucket.Day));
        return () => [ToTable(grouping, selection.Count, context.Today)];
    }

    private ReportTable ToTable(Grouping grouping, long all, DateOnly today)
    {
        var table = new ReportTable(
            Id,
            "SDK versions",
            [
                .. grouping.Columns(), .. TallyColumns.OfGroup,
                new("FirstSeen", "First seen", ColumnKind.Date), new("LastSeen", "Last seen", ColumnKind.Date), .. SupportColumns.Columns,
            ],
            "Support is that of the .NET version, not of the SDK's feature band.");
        foreach (Group group in grouping.InOrder())
        {
            object?[] version = grouping.CellsOf(group);
            table.Add(
            [
                .. version, .. TallyColumns.CellsOf(group.Tally, all),
                TimeBucket.Day.DayOf(group.Tally.First), TimeBucket.Day.DayOf(group.Tally.Last), .. SupportColumns.CellsOf((string)version[0]!, today),
            ]);
        }

        return table;
    }
}
