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
    /// <summary>How far the clocks of other machines may be ahead. Publishes further in the future are left out and counted.</summary>
    internal static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private static readonly ReportColumn OwnEvents = new("Events", "Events", ColumnKind.Count);

    private static readonly string[] SectionsOfOwnEvents = ["success-rate", "over-time", "dimensions"];

    /// <summary>Reads files and makes a report.</summary>
    /// <param name="sources">Files, and folders in which all OTLP/JSON files are read, compressed with gzip or not.</param>
    /// <param name="query">Sections, period, groups and filters.</param>
    /// <param name="progress">Gets the bytes that are read, and those of all files, now and then, on the calling thread; null for no reports.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ReportResult Run(
        IReadOnlyList<string> sources,
        ReportQuery query,
        Action<long, long>? progress,
        DateTimeOffset now,
        CancellationToken cancellationToken = default)
    {
        var store = new PublishStore(LayoutOf(query), ReportReader.MaxPublishes);
        ReadingStatistics reading = ReportReader.Read(sources, store, progress, cancellationToken);
        DerivedColumns.Fill(store, DateOnly.FromDateTime(now.UtcDateTime));
        return Of(new StoredPublishes(store, now), query, now) with { Reading = reading };
    }

    internal static ReportResult Of(IPublishSource source, ReportQuery query, DateTimeOffset now)
    {
        ReportSection[] sections = SectionsOf(query);
        (Period period, DateTimeOffset end, long fromTheFuture) = PeriodOf(source, query, now);
        IPublishes publishes = Select(period);
        Period trend = query.Since is null ? Period.Until(Earlier(period.To, end), TrendsSection.DefaultLength) : period;
        IPublishes current = trend == period ? publishes : Select(trend);
        IPublishes previous = Select(trend.Previous());
        var earlier = new Dictionary<DateTimeOffset, IPublishes>();
        if (query.Since is null)
        {
            earlier.Add(period.To, publishes);
        }

        var context = new ReportContext(publishes, current, previous, DateOnly.FromDateTime(now.UtcDateTime))
        {
            Before = Before,
            Dimensions = source.Dimensions,
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
            Tables = [.. sections.SelectMany(section => section.Build(context)).Select(Named)],
            Rows = query.IsFilterable ? RowsOf() : null,
            UnknownValues = [.. UnknownValues.In(query, source)],
            FailedBecause = query.FailIf is { } condition ? FailuresOf(condition, query, sections, context) : [],
            Reading = new ReadingStatistics(),
        };

        ReportTable Named(ReportTable table) =>
            query.Subject is ReportSubject.OwnEvents ? table.Renamed(Measure.Publishes.Column, OwnEvents) : table;

        IPublishes Select(Period time) => source.Select(time, query.Where);

        IPublishes SelectWhere(Filter more) => source.Select(period, query.Where is null ? more : Filter.All([query.Where, more]));

        IPublishes Before(DateTimeOffset moment)
        {
            if (!earlier.TryGetValue(moment, out IPublishes? found))
            {
                earlier.Add(moment, found = Select(new Period(DateTimeOffset.MinValue, moment)));
            }

            return found;
        }

        ComparedPublishes Compared(CompareSpec spec) => spec.Kind switch
        {
            CompareKind.Previous => new(current, previous),
            CompareKind.Moment when spec.Moment <= period.From && query.Since is null => throw new QueryException(
                "--compare",
                $"{PointInTime.Format(spec.Moment)} is before the first publish, which ended at {PointInTime.Format(period.From)}. Name a later moment."),
            CompareKind.Moment => new(
                Select(period with { From = Later(spec.Moment, period.From) }), Select(period with { To = Earlier(spec.Moment, period.To) })),
            _ => new(SelectWhere(spec.After!), SelectWhere(spec.Before!)),
        };

        PublishRows? RowsOf()
        {
            IPublishes all = previous.Period.From < period.From ? Select(period with { From = previous.Period.From }) : publishes;
            if (all.Count + all.Unfinished > PublishRows.MaxRows)
            {
                return null;
            }

            PublishSelection rows = all.Rows([.. FieldsOf(query, sections)]);
            return RowsBuilder.Build(rows, AxisKey.For(query.By, rows.Layout, TimeBuckets.For(period)), ticks =>
                (period.Contains(ticks) ? RowPeriods.Asked : 0)
                | (trend.Contains(ticks) ? RowPeriods.Trend : 0)
                | (previous.Period.Contains(ticks) ? RowPeriods.Previous : 0));
        }
    }

    /// <summary>Returns the columns that a report reads.</summary>
    internal static RecordLayout LayoutOf(ReportQuery query) => new(FieldsOf(query, SectionsOf(query)), query.Subject);

    /// <summary>Returns the period, the moment after which there is nothing, and the number of publishes that are left out.</summary>
    private static (Period Period, DateTimeOffset End, long FromTheFuture) PeriodOf(IPublishSource source, ReportQuery query, DateTimeOffset now)
    {
        PublishSpan span = source.SpanBefore(query.Until ?? now + ClockTolerance);
        DateTimeOffset end = span.Last < now ? now : span.Last.AddTicks(1);
        DateTimeOffset to = query.Until ?? end;
        // A period that has not begun is empty.
        to = query.Since > to ? query.Since.Value : to;
        DateTimeOffset from = query.Since ?? (span.First < to ? span.First : to);
        return (new Period(from.ToUniversalTime(), to.ToUniversalTime()), end.ToUniversalTime(), query.Until is null ? span.Later : 0);
    }

    private static ReportSection[] SectionsOf(ReportQuery query) =>
        query.IsGrouped ? [ReportSections.By(query)]
        : query.Sections.Count > 0 ? Array.FindAll(ReportSections.All, section => query.Sections.Contains(section.Id, StringComparer.Ordinal))
        : query.Subject is ReportSubject.OwnEvents ? Array.FindAll(ReportSections.All, static section => SectionsOfOwnEvents.Contains(section.Id))
        : ReportSections.All;

    private static IEnumerable<ReportField> FieldsOf(ReportQuery query, ReportSection[] sections) => sections.SelectMany(static section => section.Fields)
        .Concat(query.By)
        .Concat(query.IsGrouped ? [] : query.Dimensions.Select(ReportField.OfDimension))
        .Concat((query.Where?.Comparisons ?? []).Select(static comparison => comparison.Field))
        .Concat(query.FailIf?.Measure.Field is { } measured ? [ReportField.Of(measured)] : [])
        .Concat(query.Compare is { Kind: CompareKind.Values } compare ? compare.After!.Comparisons.Select(static comparison => comparison.Field) : []);

    private static IReadOnlyList<string> FailuresOf(Condition condition, ReportQuery query, ReportSection[] sections, ReportContext context)
    {
        // What the report shows, so that its reader sees what was judged.
        IPublishes shown = context.Compared?.After ?? (sections is [AnswerSection] ? context.Trend : context.Publishes);
        var spec = new TableSpec { Id = "fail-if", Dimensions = query.By, Measures = [condition.Measure], Minimum = query.Minimum };
        ReportTable table = TableEngine.Fill(spec, context with { Publishes = shown });
        return
        [
            .. table.Rows
                .Where(row => condition.IsMetBy(row[^1]))
                .Select(row => row.SkipLast(1).Select((cell, i) => table.Columns[i].Format(cell)).Append(condition.Describe(row[^1])))
                .Select(static parts => string.Join(", ", parts)),
        ];
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
