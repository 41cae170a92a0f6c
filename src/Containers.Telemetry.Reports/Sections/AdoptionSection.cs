using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>How fast projects adopt features and versions of the SDK.</summary>
internal sealed class AdoptionSection() : ReportSection("adoption", IdentityFields.ProjectId, DetailFields.FeaturesUsed, SurroundingsFields.SdkVersion)
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        ProjectUses uses = context.Publishes.FirstUsesOf([DetailFields.FeaturesUsed, SurroundingsFields.SdkVersion]);
        var features = new Adoption(context, DetailFields.FeaturesUsed, uses.Projects, uses.Uses[0]);
        var versions = new Adoption(context, SurroundingsFields.SdkVersion, uses.Projects, uses.Uses[1]);
        return [features.ToTable(Id, "Adoption of features"), versions.ToTable("sdk-adoption", "Adoption of SDK versions")];
    }

    private sealed class Adoption
    {
        private readonly Period _trend;
        private readonly long _projects;
        private readonly IReadOnlyList<FirstUse> _firstUses;
        private readonly TableGroups _now;
        private readonly TableGroups _before;

        public Adoption(ReportContext context, EventField field, long projects, IReadOnlyList<FirstUse> firstUses)
        {
            var spec = new TableSpec { Dimensions = [ReportField.Of(field)], Measures = [Measure.Publishes] };
            _trend = context.Trend.Period;
            _projects = projects;
            _firstUses = firstUses;
            _now = context.Trend.Group(spec, TimeBucket.Day);
            _before = context.Previous.Group(spec, TimeBucket.Day);
        }

        public ReportTable ToTable(string id, string title)
        {
            var table = new ReportTable(
                id,
                title,
                [
                    _now.Columns[0], new("FirstSeen", "First seen", ColumnKind.Date), new("Projects", "Projects", ColumnKind.Count),
                    new("ProjectShare", "Of all projects", ColumnKind.Percent),
                    new("TimeP50", "Median time to adopt", ColumnKind.Duration), new("TimeP95", "p95", ColumnKind.Duration),
                    new("Share", "Of publishes, this period", ColumnKind.Percent), new("PreviousShare", "Previous period", ColumnKind.Percent),
                ],
                "The time counts from the first use by any project, for those that came to use it. " +
                FormattableString.Invariant($"This period: {_trend.From:yyyy-MM-dd} to {_trend.To:yyyy-MM-dd} UTC."));
            foreach (FirstUse use in _firstUses
                .OrderBy(static use => TimeBucket.Day.DayOf(use.First))
                .ThenByDescending(static use => use.Projects)
                .ThenBy(static use => use.Value, StringComparer.Ordinal))
            {
                table.Add(
                    use.Value, TimeBucket.Day.DayOf(use.First), use.Projects, Tally.Ratio(use.Projects, _projects),
                    Delay(use.Half), Delay(use.NearlyAll), Share(_now, use.Value), Share(_before, use.Value));

                long Delay(long moment) => (moment - use.First) / TimeSpan.TicksPerMillisecond;
            }

            return table;
        }

        private static double? Share(TableGroups groups, string value) =>
            Tally.Ratio(groups.Groups.Where(group => (string)group.Keys[0]! == value).Sum(static group => group.Publishes), groups.Whole.Publishes);
    }
}
