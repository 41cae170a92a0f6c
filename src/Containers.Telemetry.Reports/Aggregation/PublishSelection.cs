using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>The publishes of a report: those that ended in a period and match the filters, in the order of the store: by user, once it is sealed.</summary>
internal sealed class PublishSelection
{
    private readonly PublishStore _store;
    private readonly int[] _rows;
    private readonly int[] _unfinished;

    private PublishSelection(PublishStore store, Period period, int[] rows, int[] unfinished)
    {
        _store = store;
        _rows = rows;
        _unfinished = unfinished;
        Period = period;
    }

    public Period Period { get; }

    /// <summary>Number of matching publishes of the period without an outcome. They are not in the selection.</summary>
    public long Unfinished => _unfinished.Length;

    /// <summary>The publishes of <see cref="Unfinished"/>.</summary>
    public PublishSelection WithoutOutcome => new(_store, Period, _unfinished, []);

    /// <summary>Number of matching publishes of the period that may be running. They are not in the selection.</summary>
    public long Running { get; private init; }

    public int Count => _rows.Length;

    public RecordLayout Layout => _store.Layout;

    public PublishRow this[int index] => _store[_rows[index]];

    /// <param name="period">The period in which they ended.</param>
    /// <param name="where">What they match; null for all.</param>
    /// <param name="running">The rows of the publishes that may be running; null for none.</param>
    public static PublishSelection Create(PublishStore store, Period period, Filter? where = null, IReadOnlySet<int>? running = null)
    {
        running ??= new HashSet<int>();
        RowFilter filter = RowFilter.Of(where, store.Layout, running);
        var unfinished = new List<int>();
        long stillRunning = 0;
        int count = 0;
        int[] rows = new int[store.Count];
        for (int number = 0; number < store.Count; number++)
        {
            PublishRow row = store[number];
            if (!period.Contains(row.Time) || !filter.Passes(row))
            {
                continue;
            }

            if (row.Outcome is PublishOutcome.Unfinished || (row.Outcome is PublishOutcome.Unknown && !running.Contains(number)))
            {
                unfinished.Add(number);
            }
            else if (row.Outcome is PublishOutcome.Unknown)
            {
                stillRunning++;
            }
            else
            {
                rows[count++] = number;
            }
        }

        return new PublishSelection(store, period, rows[..count], [.. unfinished]) { Running = stillRunning };
    }

    /// <summary>Returns the publishes ordered by project, then by time.</summary>
    public IEnumerable<PublishRow> ByProject()
    {
        int[] rows = Layout.Projects.Sort(_rows);
        long[] times = Array.ConvertAll(rows, row => _store.StateOf(row).Time);
        for (int start = 0, end; start < rows.Length; start = end)
        {
            long project = Layout.Projects.Read(rows[start]);
            for (end = start + 1; end < rows.Length && Layout.Projects.Read(rows[end]) == project;)
            {
                end++;
            }

            Array.Sort(times, rows, start, end - start);
            OrderEqualTimes(times, rows, start, end);
        }

        return rows.Select(row => _store[row]);
    }

    private void OrderEqualTimes(long[] times, int[] rows, int start, int end)
    {
        for (int first = start, last; first < end; first = last)
        {
            for (last = first + 1; last < end && times[last] == times[first];)
            {
                last++;
            }

            if (last - first > 1)
            {
                rows.AsSpan(first..last).Sort((one, other) => _store.StateOf(one).PublishId.CompareTo(_store.StateOf(other).PublishId));
            }
        }
    }
}

/// <summary>Publishes, with equal ones merged into one row.</summary>
/// <param name="Rows">The rows. The time of a failure has the right day; the time of any other row is somewhere in the period.</param>
/// <param name="CountOf">Returns the number of publishes of a row.</param>
internal sealed record AlikePublishes(PublishSelection Rows, Func<PublishRow, long> CountOf);
