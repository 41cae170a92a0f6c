using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Rows;
using Containers.Telemetry.Reports.Sections;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports;

/// <summary>Answers questions about the publishes in files of OTLP/JSON lines.</summary>
public static class Report
{
    /// <summary>How far the clocks of other machines may be ahead. What lies further in the future is left out and counted.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private static readonly ReportColumn OwnEvents = new("Events", "Events", ColumnKind.Count);

    /// <summary>The sections about own events, unless a query names others.</summary>
    private static readonly string[] SectionsOfOwnEvents = ["success-rate", "over-time", "dimensions"];

    /// <summary>The ids of the sections, in their order.</summary>
    public static IReadOnlyList<string> SectionIds => Querying.SectionIds.All;

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
        ReportSection[] sections = SectionsOf(query);
        var layout = new RecordLayout(sections.SelectMany(static section => section.Fields).Concat(FieldsOf(query)), query.Subject);
        var store = new PublishStore(layout, ReportReader.MaxPublishes);
        ReadingStatistics reading = ReportReader.Read(sources, store, progress, cancellationToken);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        DerivedColumns.Fill(store, today);

        RowFilter filter = RowFilter.Of(query.Where, layout);
        (Period period, long fromTheFuture) = PeriodOf(store, query, now);
        IReadOnlySet<int> running = RunningPublishes.Find(store, now);
        PublishSelection publishes = Select(period);
        Period trend = query.Since is null ? new Period(period.To - TrendsSection.DefaultLength, period.To) : period;
        PublishSelection current = trend == period ? publishes : Select(trend);
        PublishSelection previous = Select(trend.Previous());
        var context = new ReportContext(publishes, current, previous, today)
        {
            Earlier = Before,
            Dimensions = [.. layout.Columns.Select(static column => column.Field).Where(static field => field.IsDimension)],
            Compared = query.Compare is { } compare ? Compared(compare) : null,
        };

        return new ReportResult
        {
            Query = query,
            Generated = now,
            Period = period,
            Publishes = publishes.Count,
            Unfinished = publishes.Unfinished,
            Running = publishes.Running,
            FromTheFuture = fromTheFuture,
            Tables = [.. sections.SelectMany(section => section.Build(context)).Select(table => query.Subject is ReportSubject.OwnEvents ? table.Renamed(Measure.Publishes.Column, OwnEvents) : table)],
            Rows = query.IsFilterable ? RowsOf() : null,
            UnknownValues = [.. UnknownValues.In(query, layout)],
            FailedBecause = query.FailIf is { } condition ? FailuresOf(condition, query, context) : [],
            Reading = reading,
        };

        IEnumerable<PublishRow> Before(Period time) => Enumerable.Range(0, store.Count).Select(row => store[row])
            .Where(row => row.Time < time.From.UtcTicks && row.Outcome is PublishOutcome.Succeeded or PublishOutcome.Failed or PublishOutcome.Canceled && filter.Passes(row));

        PublishSelection Select(Period time) => PublishSelection.Create(store, time, filter, running);

        PublishSelection SelectWhere(Filter? more) => PublishSelection.Create(store, period, RowFilter.Of(query.Where is null ? more : Filter.All([query.Where, more!]), layout), running);

        ComparedPublishes Compared(CompareSpec spec) => spec.Kind switch
        {
            CompareKind.Previous => new(current, previous),
            CompareKind.Moment => new(Select(period with { From = Later(spec.Moment, period.From) }), Select(period with { To = Earlier(spec.Moment, period.To) })),
            _ => new(SelectWhere(spec.After), SelectWhere(spec.Before)),
        };

        PublishRows? RowsOf()
        {
            Period previous = trend.Previous();
            var all = new Period(previous.From < period.From ? previous.From : period.From, period.To);
            return RowsBuilder.Build(Select(all), AxisKey.For(query.By, layout, TimeBuckets.For(period)), ticks =>
                (period.Contains(ticks) ? RowPeriods.Asked : 0) | (trend.Contains(ticks) ? RowPeriods.Trend : 0) | (previous.Contains(ticks) ? RowPeriods.Previous : 0));
        }
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

    private static ReportSection[] SectionsOf(ReportQuery query) =>
        query.IsGrouped ? [ReportSections.By(query)]
        : query.Sections.Count > 0 ? Array.FindAll(ReportSections.All, section => query.Sections.Contains(section.Id, StringComparer.Ordinal))
        : query.Subject is ReportSubject.OwnEvents ? Array.FindAll(ReportSections.All, static section => SectionsOfOwnEvents.Contains(section.Id))
        : ReportSections.All;

    private static IEnumerable<ReportField> FieldsOf(ReportQuery query) => query.By
        .Concat(query.IsGrouped ? [] : query.Dimensions.Select(ReportField.OfDimension))
        .Concat((query.Where?.Comparisons ?? []).Select(static comparison => comparison.Field))
        .Concat(query.FailIf?.Measure.Field is { } measured ? [ReportField.Of(measured)] : [])
        .Concat(query.Compare is { Kind: CompareKind.Values } compare ? compare.After!.Comparisons.Select(static comparison => comparison.Field) : []);

    private static IReadOnlyList<string> FailuresOf(Condition condition, ReportQuery query, ReportContext context)
    {
        var spec = new TableSpec { Id = "fail-if", Title = "", Dimensions = query.By, Measures = [condition.Measure], Minimum = query.Minimum };
        ReportColumn column = condition.Measure.Column;
        return
        [
            .. TableEngine.Fill(spec, context).Rows
                .Where(row => condition.IsMetBy(row[^1]))
                .Select(row => string.Join(", ", row.SkipLast(1).Select(static cell => CellText.Format(ColumnKind.Text, cell)).Append($"{column.Id} {CellText.Format(column.Kind, row[^1])}"))),
        ];
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
