using System.Globalization;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>What has changed since the period before.</summary>
internal sealed class TrendsSection() : ReportSection("trends", IdentityFields.ProjectId, DetailFields.Duration, DetailFields.ImageSize, OutcomeFields.Error)
{
    /// <summary>What trends are about when the report has no beginning.</summary>
    public static readonly TimeSpan DefaultLength = TimeSpan.FromDays(30);

    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        (PublishSelection current, PublishSelection previous) = context.Trend;
        return [Figures(current, previous), Errors(current, previous)];
    }

    private ReportTable Figures(PublishSelection current, PublishSelection previous)
    {
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"This period: {current.Period.From:yyyy-MM-dd HH:mm} to {current.Period.To:yyyy-MM-dd HH:mm} UTC. The previous one is as long, and ends where this one begins.");
        var table = new ReportTable(
            Id,
            "Trends",
            [
                new("Period", "Period", ColumnKind.Text), TallyColumns.Publishes, TallyColumns.Failed, TallyColumns.SuccessRate, TallyColumns.Users,
                new("Projects", "Projects", ColumnKind.Count), new("DurationP50", "Duration, p50", ColumnKind.Duration), new("DurationP95", "p95", ColumnKind.Duration),
                new("ImageSizeP50", "Image size, p50", ColumnKind.Bytes), new("ImageSizeP95", "p95", ColumnKind.Bytes),
            ],
            note);
        table.Add(["this", .. Cells(current)]);
        table.Add(["previous", .. Cells(previous)]);
        return table;
    }

    private static object?[] Cells(PublishSelection selection)
    {
        Grouping whole = Whole(selection);
        Tally tally = whole.Groups.Count == 0 ? new Tally() : whole.Groups[0].Tally;
        long[] durations = Sorted(selection, whole, DetailFields.Duration);
        long[] sizes = Sorted(selection, whole, DetailFields.ImageSize);
        return
        [
            tally.Publishes, tally.Failed, tally.SuccessRate, tally.Users, Projects(selection),
            Percentiles.Of(durations, 50), Percentiles.Of(durations, 95), Percentiles.Of(sizes, 50), Percentiles.Of(sizes, 95),
        ];
    }

    private static Grouping Whole(PublishSelection selection) =>
        Grouping.Of(selection, new ComputedKey(new ReportColumn("All", "All", ColumnKind.Text), static _ => 0, static _ => ""));

    private static long[] Sorted(PublishSelection selection, Grouping whole, Events.EventField measure) =>
        Percentiles.ByGroup(selection, whole, selection.Layout[measure]) is [var values, ..] ? values.ToArray() : [];

    private static long Projects(PublishSelection selection)
    {
        FieldColumn column = selection.Layout[IdentityFields.ProjectId];
        var projects = new HashSet<long>();
        foreach (int index in selection.Indices)
        {
            projects.Add(column.Read(selection[index]));
        }

        projects.Remove(0);
        return projects.Count;
    }

    private static ReportTable Errors(PublishSelection current, PublishSelection previous)
    {
        var table = new ReportTable(
            "failure-trends",
            "Trends of failures",
            [
                new("Error", "Error", ColumnKind.Text), new("Failures", "This period", ColumnKind.Count), new("PreviousFailures", "Previous period", ColumnKind.Count),
                new("Change", "Change", ColumnKind.Percent), new("Rate", "Of all publishes", ColumnKind.Percent), new("PreviousRate", "Of all before", ColumnKind.Percent),
            ],
            "The change is empty where there was nothing before.");
        Dictionary<string, long> now = FailuresByError(current);
        Dictionary<string, long> before = FailuresByError(previous);
        foreach (string error in now.Keys.Union(before.Keys, StringComparer.Ordinal)
            .OrderByDescending(name => now.GetValueOrDefault(name) - before.GetValueOrDefault(name))
            .ThenBy(static name => name, StringComparer.Ordinal))
        {
            long count = now.GetValueOrDefault(error);
            long countBefore = before.GetValueOrDefault(error);
            table.Add(error, count, countBefore, Tally.Ratio(count - countBefore, countBefore), Tally.Ratio(count, current.Count), Tally.Ratio(countBefore, previous.Count));
        }

        return table;
    }

    private static Dictionary<string, long> FailuresByError(PublishSelection selection)
    {
        Grouping grouping = Grouping.Of(selection, GroupKey.Of(ReportField.Of(OutcomeFields.Error), selection.Layout, TimeBucket.Day));
        return grouping.Groups
            .Where(static group => group.Tally.Failed > 0)
            .ToDictionary(group => (string)grouping.CellsOf(group)[0]!, static group => group.Tally.Failed, StringComparer.Ordinal);
    }
}
