using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Publishes by whatever fields the query names.</summary>
internal sealed class BySection(IReadOnlyList<ReportField> by) : ReportSection("by", DetailFields.Duration, DetailFields.ImageSize)
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        PublishSelection selection = context.Selection;
        TimeBucket bucket = TimeBuckets.For(selection.Period);
        Grouping grouping = Grouping.Of(selection, [.. by.Select(field => GroupKey.Of(field, selection.Layout, bucket))]);
        IReadOnlyList<ReadOnlyMemory<long>> durations = Percentiles.ByGroup(selection, grouping, selection.Layout[DetailFields.Duration]);
        IReadOnlyList<ReadOnlyMemory<long>> sizes = Percentiles.ByGroup(selection, grouping, selection.Layout[DetailFields.ImageSize]);

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
                .. grouping.CellsOf(group), tally.Publishes, Tally.Ratio(tally.Publishes, selection.Count), tally.Succeeded, tally.Failed, tally.Canceled,
                tally.SuccessRate, tally.Users, Percentiles.Of(durations[group.Number].Span, 50), Percentiles.Of(sizes[group.Number].Span, 50),
            ]);
        }

        return [table];
    }
}
