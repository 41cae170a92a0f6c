using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Cube;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Sections;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports;

/// <summary>Answers questions about the publishes in files of OTLP/JSON lines.</summary>
public static class Report
{
    /// <summary>How far the clocks of other machines may be ahead. What lies further in the future is left out and counted.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private static readonly ReportSection[] AllSections =
    [
        new SuccessRateSection(),
        new OverTimeSection(),
        new TrendsSection(),
        new FailuresSection(),
        new RetriesSection(),
        new TransfersSection(),
        new BaseImagesSection(),
        new FieldSection("publish-modes", "Publish modes", InferenceFields.PublishMode),
        new FieldSection("families", "Families", InferenceFields.ContainerFamily),
        new FieldSection("runtimes", "Runtime identifiers", InferenceFields.TargetRuntime, "A publish for several is in several rows."),
        new MeasureSection(
            "image-size", "Image size", DetailFields.ImageSize, ColumnKind.Bytes, InferenceFields.PublishMode,
            "Percentiles are exact (nearest rank). Publishes for several architectures have no size of their own."),
        new MeasureSection(
            "duration", "Duration", DetailFields.Duration, ColumnKind.Duration, DetailFields.Outcome, "Percentiles are exact (nearest rank)."),
        new FieldSection("features", "Features used", DetailFields.FeaturesUsed, "A publish that uses several is in several rows."),
        new AdoptionSection(),
        new FieldSection("invocation", "How publishes are started", DetailFields.Invocation, "A publish started in several ways at once is in several rows."),
        new FieldSection("ci", "Continuous integration", SurroundingsFields.CiProvider),
        new FieldSection("hosts", "Hosts", SurroundingsFields.Host),
        new FieldSection("agents", "Coding agents", SurroundingsFields.AgentEnvironment),
        new FieldSection("systems", "Operating systems", SurroundingsFields.OSFamily),
        new SdkVersionsSection(),
        new UsersSection(),
    ];

    /// <summary>The ids of the sections, in their order.</summary>
    public static IReadOnlyList<string> SectionIds { get; } = [.. AllSections.Select(static section => section.Id)];

    /// <summary>Reads files and makes a report.</summary>
    /// <param name="sources">Files, and folders in which all OTLP/JSON files are read, compressed with gzip or not.</param>
    /// <param name="query">What the report shall say.</param>
    /// <param name="progress">Told now and then, on the calling thread, how far reading has come. Null for nobody.</param>
    /// <param name="now">The moment of the report.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ReportResult Run(
        IReadOnlyList<string> sources,
        ReportQuery query,
        IProgress<ReadProgress>? progress,
        DateTimeOffset now,
        CancellationToken cancellationToken = default)
    {
        ReportSection[] sections = query.By.Count > 0 ? [new BySection(query.By)]
            : query.Sections.Count > 0 ? Array.FindAll(AllSections, section => query.Sections.Contains(section.Id, StringComparer.Ordinal))
            : AllSections;
        var layout = new RecordLayout(
            sections.SelectMany(static section => section.Fields)
                .Select(ReportField.Of)
                .Concat(query.By)
                .Concat(query.Where.Select(static filter => filter.Field)));
        var store = new PublishStore(layout, ReportReader.MaxPublishes);
        ReadingStatistics reading = ReportReader.Read(sources, store, progress, cancellationToken);

        RowFilter[] filters = [.. query.Where.Select(filter => new RowFilter(filter, layout))];
        (Period period, long fromTheFuture) = PeriodOf(store, query, now);
        IReadOnlySet<int> running = RunningPublishes.Find(store, now);
        var plan = new ReportPlan(PublishSelection.Create(store, period, filters, running));
        Period trend = query.Since is null ? new Period(period.To - TrendsSection.DefaultLength, period.To) : period;
        var context = new ReportContext(
            plan,
            trend == period ? plan : new ReportPlan(PublishSelection.Create(store, trend, filters, running)),
            new ReportPlan(PublishSelection.Create(store, trend.Previous(), filters, running)),
            DateOnly.FromDateTime(now.UtcDateTime));
        Func<IReadOnlyList<ReportTable>>[] planned = [.. sections.Select(section => section.Plan(context))];
        CubeCounter? cube = query.IsFilterable ? plan.Cube(AxisKey.For(query.By, layout, TimeBuckets.For(period))) : null;
        foreach (ReportPlan one in new HashSet<ReportPlan> { context.Plan, context.Trend, context.Previous })
        {
            one.Run();
        }

        return new ReportResult
        {
            Query = query,
            Generated = now,
            Period = period,
            Publishes = plan.Selection.Count,
            Unfinished = plan.Selection.Unfinished,
            Running = plan.Selection.Running,
            FromTheFuture = fromTheFuture,
            Tables = [.. planned.SelectMany(static build => build())],
            Cube = cube?.ToCube(),
            UnknownValues = [.. filters.Select(Problem).Concat(query.By.Select(field => Problem(field, layout))).OfType<QueryProblem>()],
            Reading = reading,
        };
    }

    private static (Period Period, long FromTheFuture) PeriodOf(PublishStore store, ReportQuery query, DateTimeOffset now)
    {
        DateTimeOffset until = query.Until ?? now + ClockTolerance;
        long first = until.UtcTicks;
        long last = 0;
        long fromTheFuture = 0;
        for (int row = 0; row < store.Count; row++)
        {
            long time = store[row].Time;
            if (time < until.UtcTicks)
            {
                first = Math.Min(first, time);
                last = Math.Max(last, time);
            }
            else if (query.Until is null)
            {
                fromTheFuture++;
            }
        }

        DateTimeOffset to = query.Until ?? (last < now.UtcTicks ? now : new DateTimeOffset(last + 1, TimeSpan.Zero));
        DateTimeOffset from = query.Since ?? new DateTimeOffset(Math.Min(first, to.UtcTicks), TimeSpan.Zero);
        return (new Period(from.ToUniversalTime(), to.ToUniversalTime()), fromTheFuture);
    }

    // Which dimensions there are is known only by what was read.
    private static QueryProblem? Problem(ReportField field, RecordLayout layout) =>
        field.SchemaField is null && layout[field] is TextColumn { Texts.Count: 1 } ? new QueryProblem("--by", $"No publish has {field}.", []) : null;

    private static QueryProblem? Problem(RowFilter filter) => filter.TextsWithoutValue is { } texts
        ? new QueryProblem("--where", $"No publish has {filter.Filter.Field} '{filter.Filter.Value}'.", NearestNames.Find(filter.Filter.Value, texts))
        : null;
}
