using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Publishes over time. Days, weeks or months without a publish have a row as well.</summary>
internal sealed class OverTimeSection() : ReportSection("over-time")
{
    public override Func<IReadOnlyList<ReportTable>> Plan(ReportContext context)
    {
        TimeBucket bucket = TimeBuckets.For(context.Plan.Selection.Period);
        var key = new TimeKey(bucket);
        Grouping grouping = context.Plan.Group(key);
        return () => [ToTable(grouping, bucket, key)];
    }

    private ReportTable ToTable(Grouping grouping, TimeBucket bucket, TimeKey key)
    {
        var table = new ReportTable(
            Id,
            "Publishes over time",
            [key.Column, TallyColumns.Publishes, TallyColumns.Succeeded, TallyColumns.Failed, TallyColumns.Canceled, TallyColumns.SuccessRate, TallyColumns.Users],
            bucket switch
            {
                TimeBucket.Week => "Weeks begin on Monday, UTC.",
                TimeBucket.Month => "Months are those of UTC.",
                _ => "Days are those of UTC.",
            });
        DateOnly? next = null;
        foreach (Group group in grouping.InOrder())
        {
            var day = DateOnly.FromDayNumber((int)group.Keys[0]);
            for (DateOnly empty = next ?? day; empty < day; empty = bucket.Next(empty))
            {
                table.Add(empty, 0L, 0L, 0L, 0L, null, 0L);
            }

            Tally tally = group.Tally;
            table.Add(day, tally.Publishes, tally.Succeeded, tally.Failed, tally.Canceled, tally.SuccessRate, tally.Users);
            next = bucket.Next(day);
        }

        return table;
    }
}
