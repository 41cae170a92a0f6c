using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The changes since the period before.</summary>
internal sealed class TrendsSection() : ReportSection("trends", IdentityFields.ProjectId, DetailFields.Duration, DetailFields.ImageSize, OutcomeFields.Error)
{
    /// <summary>The length of trends when the report has no beginning.</summary>
    public static readonly TimeSpan DefaultLength = TimeSpan.FromDays(30);

    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        var current = new TrendFigures(context.Trend);
        var previous = new TrendFigures(context.Previous);
        return [Figures(current, previous), Errors(current, previous)];
    }

    private ReportTable Figures(TrendFigures current, TrendFigures previous)
    {
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"This period: {current.Period.From:yyyy-MM-dd HH:mm} to {current.Period.To:yyyy-MM-dd HH:mm} UTC. " +
            $"The previous one is as long, and ends where this one begins.");
        var table = new ReportTable(
            Id,
            "Trends",
            [
                new("Period", "Period", ColumnKind.Text), Measure.Publishes.Column, Measure.Failed.Column, Measure.SuccessRate.Column, Measure.Users.Column,
                Measure.Projects.Column, new("DurationP50", "Duration, p50", ColumnKind.Duration), new("DurationP95", "p95", ColumnKind.Duration),
                new("ImageSizeP50", "Image size, p50", ColumnKind.Bytes), new("ImageSizeP95", "p95", ColumnKind.Bytes),
            ],
            note);
        table.Add(["this", .. current.Cells()]);
        table.Add(["previous", .. previous.Cells()]);
        return table;
    }

    private static ReportTable Errors(TrendFigures current, TrendFigures previous)
    {
        var table = new ReportTable(
            "failure-trends",
            "Trends of failures",
            [
                new("Error", "Error", ColumnKind.Text), new("Failures", "This period", ColumnKind.Count),
                new("PreviousFailures", "Previous period", ColumnKind.Count),
                new("Rate", "Of all publishes", ColumnKind.Percent), new("PreviousRate", "Previous share", ColumnKind.Percent),
                new("RateChange", "Change of share", ColumnKind.Points),
            ],
            "The share is that of all publishes of the period, and its change is in percentage points (pp); what has grown most comes first.");
        Dictionary<string, long> now = current.FailuresByError();
        Dictionary<string, long> before = previous.FailuresByError();
        foreach (string error in now.Keys.Union(before.Keys, StringComparer.Ordinal)
            .OrderByDescending(name =>
                Tally.Ratio(now.GetValueOrDefault(name), current.Publishes) - Tally.Ratio(before.GetValueOrDefault(name), previous.Publishes))
            .ThenBy(static name => name, StringComparer.Ordinal))
        {
            long count = now.GetValueOrDefault(error);
            long countBefore = before.GetValueOrDefault(error);
            double? rate = Tally.Ratio(count, current.Publishes);
            double? rateBefore = Tally.Ratio(countBefore, previous.Publishes);
            table.Add(error, count, countBefore, rate, rateBefore, rate - rateBefore);
        }

        return table;
    }

    /// <summary>The figures of one period.</summary>
    private sealed class TrendFigures(IPublishes publishes)
    {
        private static readonly TableSpec Whole = new()
        {
            Measures =
            [
                Measure.Users, Measure.Projects, Measure.Percentile(DetailFields.Duration, 50), Measure.Percentile(DetailFields.Duration, 95),
                Measure.Percentile(DetailFields.ImageSize, 50), Measure.Percentile(DetailFields.ImageSize, 95),
            ],
        };

        public Period Period => publishes.Period;

        public long Publishes => publishes.Count;

        public object?[] Cells()
        {
            TableGroup whole = publishes.Group(Whole, TimeBucket.Day).Whole;
            return
            [
                whole.Publishes, whole.Failed, whole.SuccessRate, whole.Users, whole.Projects,
                .. Whole.Measures.Where(static measure => measure.Kind is MeasureKind.Percentile)
                    .Select(measure => (object?)whole.Percentiles[(measure.Field!, measure.Percent)]),
            ];
        }

        public Dictionary<string, long> FailuresByError() => publishes.Group(TableSpec.FailuresByError, TimeBucket.Day).Groups
            .Where(static group => group.Failed > 0)
            .ToDictionary(static group => (string)group.Keys[0]!, static group => group.Failed, StringComparer.Ordinal);
    }
}
