using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The beginning of a report: the change of the success rate, its causes, and further findings.</summary>
internal sealed class AnswerSection() : ReportSection(
    "answer",
    ChangeFinder.FieldsOf([])
        .Concat(new[] { InferenceFields.BaseImage, DetailFields.Duration }.Select(ReportField.Of))
        .Append(ReportField.Of(DerivedField.Support)))
{
    /// <summary>The fewest publishes for a meaningful percentile.</summary>
    private const int FewestPublishes = 20;

    private static readonly TableSpec Projects = new() { Measures = [Measure.Projects] };

    public override IEnumerable<ReportTable> Build(ReportContext context) =>
        [Rates(context), Changes(context), NewErrors(context), Unsupported(context), Slowest(context)];

    private ReportTable Rates(ReportContext context)
    {
        TableGroup now = WholeOf(context.Trend);
        TableGroup before = WholeOf(context.Previous);
        var table = new ReportTable(
            Id,
            "Better or worse",
            [
                new("Period", "Period", ColumnKind.Text), new("From", "From", ColumnKind.Time), new("To", "To", ColumnKind.Time),
                Measure.Publishes.Column, Measure.Failed.Column, Measure.Canceled.Column, Measure.SuccessRate.Column, Measure.Unfinished.Column,
                Measure.Projects.Column, new("NewProjects", "New projects", ColumnKind.Count), new("Verdict", "Verdict", ColumnKind.Text),
            ],
            "The verdict is worse or better if chance alone explains the change of the success rate with a probability below 5 %.");
        Period[] periods = [context.Trend.Period, context.Previous.Period];
        DateTimeOffset[] bounds = [.. periods.SelectMany(static period => (DateTimeOffset[])[period.From, period.To])];
        long[] projects = context.Before(periods.Max(static period => period.To)).ProjectsBefore(bounds);
        Add("this", context.Trend, now, projects[1] - projects[0], VerdictOf(now, before));
        Add("previous", context.Previous, before, projects[3] - projects[2], null);
        return table;

        void Add(string name, IPublishes publishes, TableGroup whole, long newProjects, string? verdict) => table.Add(
            name, publishes.Period.From, publishes.Period.To, whole.Publishes, whole.Failed, whole.Canceled, whole.SuccessRate, publishes.Unfinished,
            whole.Projects, newProjects, verdict);
    }

    private static TableGroup WholeOf(IPublishes publishes) => publishes.Group(Projects, TimeBucket.Day).Whole;

    private static string? VerdictOf(TableGroup now, TableGroup before) => now.Finished == 0 || before.Finished == 0
        ? null
        : RateTest.VerdictOf(now.Failed, now.Finished, before.Failed, before.Finished, comparisons: 1);

    private static ReportTable Changes(ReportContext context)
    {
        var table = new ReportTable(
            "changes",
            "What has changed",
            [
                new("Verdict", "Verdict", ColumnKind.Text), new("Where", "Where", ColumnKind.Text),
                new("Failures", "Failures", ColumnKind.Count), new("Publishes", "Publishes", ColumnKind.Count),
                new("Expected", "Expected", ColumnKind.Count), new("FailureRate", "Failure rate", ColumnKind.Percent),
                new("PreviousFailureRate", "before", ColumnKind.Percent),
                new("From", "Most from", ColumnKind.Date), new("To", "to", ColumnKind.Date), new("Probability", "By chance", ColumnKind.Percent),
            ],
            "Covers all values of all fields, and all pairs of them. " +
            "Changes that chance explains with 5 % or more, all of them together, are left out. Expected is at the rate of the period before.");
        ReportField[] fields = [.. ChangeFinder.FieldsOf(context.Dimensions)];
        (IReadOnlyList<Finding> worse, IReadOnlyList<Finding> better) =
            ChangeFinder.Find(context.Trend.Alike(fields), context.Previous.Alike(fields), context.Dimensions);
        Add("worse", worse);
        Add("better", [.. better.Select(Turned)]);
        return table;

        void Add(string verdict, IReadOnlyList<Finding> findings)
        {
            foreach (Finding finding in findings)
            {
                table.Add(
                    verdict, finding.Where.ToString(), finding.Failures, finding.Publishes, (long)Math.Round(finding.Expected),
                    Tally.Ratio(finding.Failures, finding.Publishes), Tally.Ratio(finding.FailuresBefore, finding.PublishesBefore),
                    finding.Days?.First, finding.Days?.Last, finding.Probability);
            }
        }

        // Found by swapping the periods.
        static Finding Turned(Finding finding) =>
            new(finding.Where, finding.FailuresBefore, finding.PublishesBefore, finding.Failures, finding.Publishes, finding.Probability);
    }

    private static ReportTable NewErrors(ReportContext context)
    {
        TableGroups before = context.Before(context.Trend.Period.From).Group(TableSpec.FailuresByError with { Measures = [Measure.Failures] }, TimeBucket.Day);
        bool isFirst = before.Whole.Publishes == 0;
        var table = new ReportTable(
            "new-errors",
            isFirst ? "Errors" : "New errors",
            [
                new("Error", "Error", ColumnKind.Text), new("Failures", "Failures", ColumnKind.Count),
                new("FirstSeen", "First seen", ColumnKind.Time), new("Users", "Users", ColumnKind.Count),
            ],
            isFirst ? "All errors of this period, since there is no earlier publish." : "Errors of this period that no earlier publish had.");
        HashSet<string> known = [.. before.Groups.Select(static group => (string)group.Keys[0]!)];
        foreach (TableGroup group in context.Trend.Group(TableSpec.FailuresByError, TimeBucket.Day).InOrder()
            .Where(group => group.Failed > 0 && group.Keys[0] is string error && error != CellText.None && !known.Contains(error)))
        {
            table.Add(group.Keys[0], group.Failed, group.First, group.Users);
        }

        return table;
    }

    private static ReportTable Unsupported(ReportContext context)
    {
        ReportField[] keys = [ReportField.Of(InferenceFields.BaseImage), ReportField.Of(InferenceFields.BaseImageTag), ReportField.Of(DerivedField.Support)];
        ReportTable images = TableEngine.Fill(
            new TableSpec { Dimensions = keys, Measures = [Measure.Publishes, Measure.Projects, Measure.Users] },
            context with { Publishes = context.Trend });
        var table = new ReportTable(
            "ended-support",
            "Base images past support",
            [images.Columns[0], images.Columns[1], Measure.SupportEnds.Column with { Title = "Support ended" }, .. images.Columns.Skip(keys.Length)],
            "Which projects: containers-telemetry report --where Support=ended --by ProjectId.");
        foreach (object?[] row in images.Rows.Where(static row => row[2] is "ended"))
        {
            table.Add([row[0], row[1], DotnetSupport.EndOf((string)row[1]!), .. row.Skip(keys.Length)]);
        }

        return table;
    }

    private static ReportTable Slowest(ReportContext context)
    {
        var spec = new TableSpec
        {
            Id = "slowest",
            Title = "Slowest destinations",
            Dimensions = [ReportField.Of(DerivedField.PushType)],
            Measures = [Measure.Publishes, Measure.Percentile(DetailFields.Duration, 50), Measure.Percentile(DetailFields.Duration, 95)],
            Sort = new("DurationP95", IsDescending: true),
            Minimum = FewestPublishes,
        };
        ReportTable now = TableEngine.Fill(spec, context with { Publishes = context.Trend });
        Dictionary<string, object?> before = TableEngine.Fill(spec, context with { Publishes = context.Previous })
            .Rows.ToDictionary(static row => (string)row[0]!, static row => row[^1], StringComparer.Ordinal);
        var table = new ReportTable(
            spec.Id, spec.Title, [.. now.Columns, now.Columns[^1] with { Id = "PreviousDurationP95", Title = "before" }],
            FormattableString.Invariant($"Destinations of {FewestPublishes} publishes or more; the time is that of the whole publish."));
        foreach (object?[] row in now.Rows)
        {
            table.Add([.. row, before.GetValueOrDefault((string)row[0]!)]);
        }

        return table;
    }
}
