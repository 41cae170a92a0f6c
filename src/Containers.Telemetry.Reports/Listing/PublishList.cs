using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Listing;

/// <summary>Publishes in the order in which they ended.</summary>
public sealed class PublishList
{
    private PublishList(IReadOnlyList<PublishEntry> publishes, IReadOnlyList<ReportField> fields, ReadingStatistics reading)
    {
        Publishes = publishes;
        Fields = fields;
        Reading = reading;
    }

    /// <summary>The publishes, the latest last.</summary>
    public IReadOnlyList<PublishEntry> Publishes { get; }

    /// <summary>The fields of their values: those of the query, and the dimensions that it did not know of where it takes them all.</summary>
    public IReadOnlyList<ReportField> Fields { get; }

    /// <summary>Counts of the lines and files that were read, and of the ones that could not be.</summary>
    public ReadingStatistics Reading { get; }

    /// <summary>Reads files and lists publishes. For the last publishes, only the end of a store is read.</summary>
    /// <param name="sources">Files and folders, as for <see cref="Report.Run"/>.</param>
    /// <param name="progress">See <see cref="Report.Run"/>.</param>
    public static PublishList Read(IReadOnlyList<string> sources, ListQuery query, Action<long, long>? progress, DateTimeOffset now)
    {
        PublishStore store = StoreFor(query);
        ReadingStatistics reading = query.Enough is { } enough
            ? TailReader.Read(sources, store, enough)
            : ReportReader.Read(sources, store, progress, CancellationToken.None);
        if (query.TakesAllDimensions && (reading.OtherDimensions.Count > 0 || query.Where is not null))
        {
            query = query.WithDimensions(reading.OtherDimensions) with { TakesAllDimensions = false };
            if (reading.OtherDimensions.Count > 0)
            {
                return Read(sources, query, progress, now);
            }
        }

        DerivedColumns.Fill(store, DateOnly.FromDateTime(now.UtcDateTime));
        return Of(store, query, RunningPublishes.Find(store, now), reading);
    }

    /// <summary>Makes an empty store with the columns that a list reads.</summary>
    internal static PublishStore StoreFor(ListQuery query) =>
        new(new RecordLayout(query.Fields.Concat((query.Where?.Comparisons ?? []).Select(static comparison => comparison.Field))), ReportReader.MaxPublishes);

    /// <param name="running">The rows of those that may be running.</param>
    internal static PublishList Of(PublishStore store, ListQuery query, IReadOnlySet<int> running, ReadingStatistics reading)
    {
        RowFilter filter = RowFilter.Of(query.Where, store.Layout, running);
        var period = new Period(query.Since ?? DateTimeOffset.MinValue, query.Until ?? DateTimeOffset.MaxValue);
        EntryReader reader = new(store, query.Fields, running);
        var rows = new List<int>();
        for (int row = 0; row < store.Count; row++)
        {
            PublishRow publish = store[row];
            if (period.Contains(publish.Time) && filter.Passes(publish) && (query.Outcome is null || reader.OutcomeOf(row) == query.Outcome))
            {
                rows.Add(row);
            }
        }

        rows.Sort((left, right) => store[left].Time.CompareTo(store[right].Time) is var byTime and not 0
            ? byTime
            : store.StateOf(left).PublishId.CompareTo(store.StateOf(right).PublishId));
        var entries = new List<PublishEntry>();
        for (int i = Math.Max(0, rows.Count - (query.Last ?? rows.Count)); i < rows.Count; i++)
        {
            entries.Add(reader.Read(rows[i]));
        }

        return new PublishList(entries, query.Fields, reading);
    }

    private sealed class EntryReader(PublishStore store, IReadOnlyList<ReportField> fields, IReadOnlySet<int> running)
    {
        public PublishEntry Read(int row)
        {
            PublishState state = store.StateOf(row);
            return new PublishEntry(
                state.PublishId.ToGuid(),
                new DateTimeOffset(state.Time, TimeSpan.Zero),
                OutcomeOf(row),
                [.. fields.Select(field => ValueOf(field, row))]);
        }

        public string OutcomeOf(int row) => store.StateOf(row).Outcome switch
        {
            PublishOutcome.Succeeded => "success",
            PublishOutcome.Failed => "error",
            PublishOutcome.Canceled => "canceled",
            PublishOutcome.Unknown when running.Contains(row) => ReportField.Running,
            _ => ReportField.Unfinished,
        };

        private object? ValueOf(ReportField field, int row)
        {
            FieldColumn column = store.Layout[field];
            long number = column.Read(row);
            return number == 0 ? null : column switch
            {
                TextColumn texts => texts.Texts.TextOf((int)number),
                TextSetColumn sets => sets.Sets.TextsOf((int)number),
                IdentifierColumn identifiers => identifiers.TextOf((int)number),
                _ => number - 1,
            };
        }
    }
}
