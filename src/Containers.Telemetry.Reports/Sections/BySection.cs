using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Publishes by whatever fields the query names.</summary>
internal sealed class BySection(IReadOnlyList<ReportField> by) : ReportSection("by", DetailFields.Duration, DetailFields.ImageSize)
{
    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        TimeBucket bucket = TimeBuckets.For(context.Plan.Selection.Period);
        Grouping grouping = context.Plan.Group([.. by.Select(field => GroupKey.Of(field, context.Plan.Layout, bucket))]);
        GroupedValues durations = context.Plan.Values(grouping, DetailFields.Duration);
        GroupedValues sizes = context.Plan.Values(grouping, DetailFields.ImageSize);
        return () =>
        {
            var table = new ReportTable(
                Id,
                "Publishes by " + string.Join(", ", by),
                [
                    .. grouping.Columns(), TallyColumns.Publishes, TallyColumns.Share, TallyColumns.Succeeded, TallyColumns.Failed, TallyColumns.Canceled,
                    TallyColumns.SuccessRate, TallyColumns.Users, new("DurationP50", "Duration, p50", ColumnKind.Duration), new("ImageSizeP50", "Image size, p50", ColumnKind.Bytes),
                ],
                by.Any(static field => field.Shape is FieldShape.Texts) ? "A publish with several values is in several rows." : null);
            foreach (Group group in grouping.InOrder())
            {
                Tally tally = group.Tally;
                table.Add(
                [
                    .. grouping.CellsOf(group), tally.Publishes, Tally.Ratio(tally.Publishes, context.Plan.Selection.Count), tally.Succeeded, tally.Failed, tally.Canceled,
                    tally.SuccessRate, tally.Users, Percentiles.Of(durations.Of(group), 50), Percentiles.Of(sizes.Of(group), 50),
                ]);
            }

            return [table];
        };
    }
}
