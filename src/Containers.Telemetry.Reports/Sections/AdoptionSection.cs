using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>How fast projects take up what is new: features, and versions of the SDK.</summary>
internal sealed class AdoptionSection() : ReportSection("adoption", IdentityFields.ProjectId, DetailFields.FeaturesUsed, SurroundingsFields.SdkVersion)
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        var features = new Adoption(context, DetailFields.FeaturesUsed);
        var versions = new Adoption(context, SurroundingsFields.SdkVersion);
        return [features.ToTable(Id, "Adoption of features"), versions.ToTable("sdk-adoption", "Adoption of SDK versions")];
    }

    /// <summary>The adoption of the values of one field.</summary>
    private sealed class Adoption
    {
        private readonly GroupKey _key;
        private readonly FirstUses _firstUses;
        private readonly PublishSelection _trend;
        private readonly PublishSelection _previous;
        private readonly Grouping _now;
        private readonly Grouping _before;

        public Adoption(ReportContext context, EventField field)
        {
            _key = GroupKey.Of(ReportField.Of(field), context.Publishes.Layout, TimeBucket.Day);
            _firstUses = FirstUses.Of(context.Publishes, _key, context.Publishes.Layout.Projects);
            _trend = context.Trend;
            _previous = context.Previous;
            _now = Grouping.Of(context.Trend, _key);
            _before = Grouping.Of(context.Previous, _key);
        }

        public ReportTable ToTable(string id, string title)
        {
            Period trend = _trend.Period;
            var table = new ReportTable(
                id,
                title,
                [
                    _key.Column, new("FirstSeen", "First seen", ColumnKind.Date), new("Projects", "Projects", ColumnKind.Count),
                    new("ProjectShare", "Of all projects", ColumnKind.Percent),
                    new("TimeP50", "Until a project uses it, p50", ColumnKind.Duration), new("TimeP95", "p95", ColumnKind.Duration),
                    new("Share", "Of publishes, this period", ColumnKind.Percent), new("PreviousShare", "Previous period", ColumnKind.Percent),
                ],
                FormattableString.Invariant(
                    $"The time counts from the first use by any project, for those that came to use it. This period: {trend.From:yyyy-MM-dd} to {trend.To:yyyy-MM-dd} UTC."));
            foreach ((long value, long[] times) in _firstUses.ByValue()
                .Where(static uses => uses.Key != 0)
                .OrderBy(static uses => TimeBucket.Day.DayOf(uses.Value[0]))
                .ThenByDescending(static uses => uses.Value.Length)
                .ThenBy(uses => (string)_key.CellOf(uses.Key)!, StringComparer.Ordinal))
            {
                long[] delays = Array.ConvertAll(times, time => (time - times[0]) / TimeSpan.TicksPerMillisecond);
                table.Add(
                    _key.CellOf(value), TimeBucket.Day.DayOf(times[0]), (long)times.Length, Tally.Ratio(times.Length, _firstUses.Projects),
                    Percentiles.Of(delays, 50), Percentiles.Of(delays, 95), Share(_now, _trend, value), Share(_before, _previous, value));
            }

            return table;
        }

        private static double? Share(Grouping grouping, PublishSelection selection, long value) =>
            Tally.Ratio(grouping.Groups.Where(group => group.Keys[0] == value).Sum(static group => group.Tally.Publishes), selection.Count);
    }
}
