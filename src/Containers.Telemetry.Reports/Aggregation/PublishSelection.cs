using System.Collections;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>The publishes of a report: those that ended in a period and match the filters, ordered by user.</summary>
internal sealed class PublishSelection
{
    private readonly PublishStore _store;
    private readonly PublishRow[] _rows;

    private PublishSelection(PublishStore store, Period period, PublishRow[] rows)
    {
        _store = store;
        _rows = rows;
        Period = period;
    }

    public Period Period { get; }

    /// <summary>Number of matching publishes of the period without an outcome. They are not in the selection.</summary>
    public long Unfinished { get; private init; }

    /// <summary>Number of matching publishes of the period that may be running. They are not in the selection.</summary>
    public long Running { get; private init; }

    /// <summary>Number of publishes.</summary>
    public int Count => _rows.Length;

    public RecordLayout Layout => _store.Layout;

    /// <summary>Returns a publish by its position; publishes are ordered by user.</summary>
    public PublishRow this[int index] => _rows[index];

    /// <summary>Selects publishes.</summary>
    /// <param name="store">The publishes.</param>
    /// <param name="period">The period in which they ended.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="running">The rows of the publishes that may be running.</param>
    public static PublishSelection Create(PublishStore store, Period period, RowFilter filter, IReadOnlySet<int> running)
    {
        long unfinished = 0;
        long stillRunning = 0;
        int count = 0;
        var isSelected = new BitArray(store.Count);
        int[] starts = new int[store.Layout.Users.Identifiers.Limit + 1];
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
                isSelected[number] = true;
                starts[row.User + 1]++;
                count++;
            }
        }

        return new PublishSelection(store, period, ByUser(store, isSelected, count, starts)) { Unfinished = unfinished, Running = stillRunning };
    }

    private static PublishRow[] ByUser(PublishStore store, BitArray isSelected, int count, int[] starts)
    {
        for (int user = 1; user < starts.Length; user++)
        {
            starts[user] += starts[user - 1];
        }

        var rows = new PublishRow[count];
        for (int number = 0; number < store.Count; number++)
        {
            if (isSelected[number])
            {
                PublishRow row = store[number];
                rows[starts[row.User]++] = row;
            }
        }

        return rows;
    }

    /// <summary>Returns the positions of the publishes, ordered by a small number of each, then by time.</summary>
    public int[] OrderBy(FieldColumn column)
    {
        int[] positions = new int[Count];
        long[] numbers = new long[Count];
        for (int index = 0; index < Count; index++)
        {
            positions[index] = index;
            numbers[index] = column.Read(_rows[index]);
        }

        Array.Sort(numbers, positions);
        long[] times = Array.ConvertAll(positions, position => _rows[position].Time);
        for (int start = 0, end; start < positions.Length; start = end)
        {
            end = EndOfRun(numbers, start, numbers.Length);
            Array.Sort(times, positions, start, end - start);
            OrderEqualTimes(times, positions, start, end);
        }

        return positions;
    }

    private void OrderEqualTimes(long[] times, int[] positions, int start, int end)
    {
        for (int first = start, last; first < end; first = last)
        {
            last = EndOfRun(times, first, end);
            if (last - first > 1)
            {
                positions.AsSpan(first..last).Sort((one, other) => PublishIdOf(one).CompareTo(PublishIdOf(other)));
            }
        }
    }

    private Identifier PublishIdOf(int position) => _store.StateOf(_rows[position].Number).PublishId;

    private static int EndOfRun(long[] sorted, int start, int limit)
    {
        int end = start + 1;
        while (end < limit && sorted[end] == sorted[start])
        {
            end++;
        }

        return end;
    }
}
