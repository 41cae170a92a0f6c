using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Cube;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Sections;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports;

/// <summary>Answers questions about the publishes in files of OTLP/JSON lines.</summary>
public static class Report
{
    /// <summary>How far the clocks of other machines may be ahead. What lies further in the future is left out and counted.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <summary>The ids of the sections, in their order.</summary>
    public static IReadOnlyList<string> SectionIds { get; } = [.. ReportSections.All.Select(static section => section.Id)];

    /// <summary>Reads files and makes a report.</summary>
    /// <param name="sources">Files, and folders in which all OTLP/JSON files are read, compressed with gzip or not.</param>
    /// <param name="query">Sections, period, groups and filters.</param>
    /// <param name="progress">Gets the progress of reading now and then, on the calling thread; null for no reports.</param>
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
        ReportSection[] sections = query.By.Count > 0 ? [ReportSections.By(query.By)]
            : query.Sections.Count > 0 ? Array.FindAll(ReportSections.All, section => query.Sections.Contains(section.Id, StringComparer.Ordinal))
            : ReportSections.All;
        var layout = new RecordLayout(
            sections.SelectMany(static section => section.Fields).Concat(query.By).Concat(query.Where.Select(static filter => filter.Field)));
        var store = new PublishStore(layout, ReportReader.MaxPublishes);
        ReadingStatistics reading = ReportReader.Read(sources, store, progress, cancellationToken);

        RowFilter[] filters = [.. query.Where.Select(filter => new RowFilter(filter, layout))];
        (Period period, long fromTheFuture) = PeriodOf(store, query, now);
        IReadOnlySet<int> running = RunningPublishes.Find(store, now);
        PublishSelection publishes = Select(period);
        Period trend = query.Since is null ? new Period(period.To - TrendsSection.DefaultLength, period.To) : period;
        var context = new ReportContext(publishes, trend == period ? publishes : Select(trend), Select(trend.Previous()), DateOnly.FromDateTime(now.UtcDateTime));

        return new ReportResult
        {
            Query = query,
            Generated = now,
            Period = period,
            Publishes = publishes.Count,
            Unfinished = publishes.Unfinished,
            Running = publishes.Running,
            FromTheFuture = fromTheFuture,
            Tables = [.. sections.SelectMany(section => section.Build(context))],
            Cube = query.IsFilterable ? CubeCounter.Count(publishes, AxisKey.For(query.By, layout, TimeBuckets.For(period))) : null,
            UnknownValues = [.. filters.Select(Problem).Concat(query.By.Select(field => Problem(field, layout))).OfType<QueryProblem>()],
            Reading = reading,
        };

        PublishSelection Select(Period time) => PublishSelection.Create(store, time, filters, running);
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
