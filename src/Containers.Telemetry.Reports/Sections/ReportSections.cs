using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>The sections of a report. Most are data; those that compare periods, or follow a project from publish to publish, are code.</summary>
internal static class ReportSections
{
    private const string ExactPercentiles = "Percentiles are exact (nearest rank).";

    public static readonly ReportSection[] All =
    [
        new AnswerSection(),
        Table(new TableSpec
        {
            Id = "success-rate",
            Title = "Success rate",
            Note = "The success rate leaves cancellations out. " +
                "Unfinished publishes have no outcome, most because the build was killed; they are counted nowhere else.",
            Measures =
            [
                Measure.Publishes, Measure.Succeeded, Measure.Failed, Measure.Canceled, Measure.SuccessRate, Measure.Unfinished,
                Measure.Users, Measure.Projects,
            ],
        }),
        Table(new TableSpec
        {
            Id = "over-time",
            Title = "Publishes over time",
            Dimensions = [ReportField.Of(DetailFields.Time)],
            Measures = [Measure.Publishes, Measure.Succeeded, Measure.Failed, Measure.Canceled, Measure.SuccessRate, Measure.Users],
            IsSeries = true,
        }),
        new TrendsSection(),
        Table(new TableSpec
        {
            Id = "failures",
            Title = "Failures",
            Note = "Registry is the source of a failed pull, or the destination of a failed push. Cancellations are not counted.",
            Dimensions = [ReportField.Of(OutcomeFields.Error), ReportField.Of(DerivedField.Registry), ReportField.Of(OutcomeFields.Direction)],
            Measures = [Measure.Failures, Measure.FailureShare, Measure.Users, Measure.LastSeen],
            Condition = Measure.Failures,
        }),
        new RetriesSection(),
        new TransfersSection(),
        Table(new TableSpec
        {
            Id = "base-images",
            Title = "Base images",
            Note = "Only base images that Microsoft publishes have a name here.",
            Dimensions = [ReportField.Of(InferenceFields.BaseImage), ReportField.Of(InferenceFields.BaseImageTag)],
            Measures = [.. Measure.OfGroup, Measure.Support, Measure.SupportEnds],
        }),
        ByField("publish-modes", "Publish modes", InferenceFields.PublishMode),
        ByField("families", "Families", InferenceFields.ContainerFamily),
        ByField("runtimes", "Runtime identifiers", InferenceFields.TargetRuntime, "A publish for several is in several rows."),
        Percentiles(
            "image-size",
            "Image size",
            DetailFields.ImageSize,
            InferenceFields.PublishMode,
            ExactPercentiles + " Publishes for several architectures have no size of their own."),
        Percentiles("duration", "Duration", DetailFields.Duration, DetailFields.Outcome, ExactPercentiles),
        ByField("features", "Features used", DetailFields.FeaturesUsed, "A publish that uses several is in several rows."),
        new AdoptionSection(),
        ByField("invocation", "How publishes are started", DetailFields.Invocation, "A publish started in several ways at once is in several rows."),
        ByField("ci", "Continuous integration", SurroundingsFields.CiProvider),
        ByField("hosts", "Hosts", SurroundingsFields.Host),
        ByField("agents", "Coding agents", SurroundingsFields.AgentEnvironment),
        ByField("systems", "Operating systems", SurroundingsFields.OSFamily),
        Table(new TableSpec
        {
            Id = "sdk-versions",
            Title = "SDK versions",
            Note = "Support is that of the .NET version, not of the SDK's feature band.",
            Dimensions = [ReportField.Of(SurroundingsFields.SdkVersion)],
            Measures = [.. Measure.OfGroup, Measure.FirstSeen, Measure.LastSeen, Measure.Support, Measure.SupportEnds],
        }),
        new DimensionsSection(),
        new UsersSection(),
    ];

    /// <summary>The section of a query that groups publishes by fields.</summary>
    public static ReportSection By(ReportQuery query) => query.Compare is not null ? new ComparisonSection(query) : new TableSection(new TableSpec
    {
        Id = "by",
        Title = TitleOf(query),
        Note = NoteOf(query),
        Dimensions = query.By,
        Measures = query.Measures,
        Sort = query.Sort,
        Limit = query.Limit,
        Minimum = query.Minimum,
    })
    {
        CountsUnfinished = !query.NamesMeasures,
    };

    public static string TitleOf(ReportQuery query) => query.By.Count == 0
        ? "All publishes"
        : "Publishes by " + string.Join(", ", query.By.Select(static field => field.Title));

    private static string? NoteOf(ReportQuery query) =>
        query.By.Any(static field => field.Shape is FieldShape.Texts) ? "A publish with several values is in several rows." : null;

    private static TableSection ByField(string id, string title, EventField field, string? note = null) => Table(new TableSpec
    {
        Id = id,
        Title = title,
        Note = note,
        Dimensions = [ReportField.Of(field)],
        Measures = Measure.OfGroup,
    });

    private static TableSection Percentiles(string id, string title, EventField field, EventField by, string note) => Table(new TableSpec
    {
        Id = id,
        Title = title,
        Note = note,
        Dimensions = [ReportField.Of(by)],
        Measures =
        [
            Measure.Having(field), Measure.Percentile(field, 50, "P50", "p50"), Measure.Percentile(field, 95, "P95", "p95"),
            Measure.Percentile(field, 99, "P99", "p99"), Measure.Percentile(field, 100, "Largest", "Largest"),
        ],
        Condition = Measure.Having(field),
        HasTotal = true,
    });

    private static TableSection Table(TableSpec spec) => new(spec);
}
