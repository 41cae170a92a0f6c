using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>The publishes that a report is about: those that ended in a period and pass the filters, user by user.</summary>
internal sealed class PublishSelection
{
    private readonly PublishStore _store;
    private readonly int[] _rows;

    private PublishSelection(PublishStore store, Period period, int[] rows)
    {
        _store = store;
        _rows = rows;
        Period = period;
    }

    public Period Period { get; }

    /// <summary>Number of publishes of the period that pass the filters, but that nothing has ended. They are not in the selection.</summary>
    public long Unfinished { get; private init; }

    /// <summary>Number of publishes of the period that pass the filters and may be running. They are not in the selection.</summary>
    public long Running { get; private init; }

    /// <summary>Number of publishes.</summary>
    public int Count => _rows.Length;

    public RecordLayout Layout => _store.Layout;

    /// <summary>Returns a publish by its position, which is one user's after another's.</summary>
    public PublishRow this[int index] => _store[_rows[index]];

    /// <summary>Selects publishes.</summary>
    /// <param name="store">The publishes.</param>
    /// <param name="period">When they ended.</param>
    /// <param name="filter">What they have to pass.</param>
    /// <param name="running">The rows of the publishes that may be running.</param>
    public static PublishSelection Create(PublishStore store, Period period, RowFilter filter, IReadOnlySet<int> running)
    {
        long unfinished = 0;
        long stillRunning = 0;
        var rows = new List<int>();
        for (int number = 0; number < store.Count; number++)
        {
            PublishRow row = store[number];
            if (!period.Contains(row.Time) || !filter.Passes(row))
            {
                continue;
            }

            if (row.Outcome is PublishOutcome.Unfinished || (row.Outcome is PublishOutcome.Unknown && !running.Contains(number)))
            {
                unfinished++;
            }
            else if (row.Outcome is PublishOutcome.Unknown)
            {
                stillRunning++;
            }
            else
            {
                rows.Add(number);
            }
        }

        int[] byUser = CountingSort(rows.Count, i => rows[i], row => (int)store.Layout.Users.Read(row));
        return new PublishSelection(store, period, byUser) { Unfinished = unfinished, Running = stillRunning };
    }

    /// <summary>Returns the positions of the publishes, ordered by a small number of theirs, and by time where it is the same.</summary>
    public int[] OrderBy(FieldColumn column)
    {
        int[] indices = CountingSort(Count, static i => i, index => (int)column.Read(_rows[index]));
        for (int start = 0, end; start < indices.Length; start = end)
        {
            long number = column.Read(_rows[indices[start]]);
            for (end = start + 1; end < indices.Length && column.Read(_rows[indices[end]]) == number;)
            {
                end++;
            }

            indices.AsSpan(start..end).Sort(CompareTimes);
        }

        return indices;
    }

    private int CompareTimes(int first, int second)
    {
        ref PublishState one = ref _store.StateOf(_rows[first]);
        ref PublishState other = ref _store.StateOf(_rows[second]);
        int order = one.Time.CompareTo(other.Time);
        return order != 0 ? order : one.PublishId.CompareTo(other.PublishId);
    }

    private static int[] CountingSort(int count, Func<int, int> item, Func<int, int> number)
    {
        var ends = new List<int>();
        for (int i = 0; i < count; i++)
        {
            int value = number(item(i));
            while (ends.Count <= value + 1)
            {
                ends.Add(0);
            }

            ends[value + 1]++;
        }

        for (int i = 1; i < ends.Count; i++)
        {
            ends[i] += ends[i - 1];
        }

        var sorted = new int[count];
        for (int i = 0; i < count; i++)
        {
            sorted[ends[number(item(i))]++] = item(i);
        }

        return sorted;
    }
}
