using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>The publishes that a report is about: those that ended in a period and pass the filters, user by user.</summary>
internal sealed class PublishSelection
{
    private readonly PublishStore _store;
    private readonly FieldColumn _users;
    private readonly RowReference[] _rows;

    private PublishSelection(PublishStore store, Period period, RowReference[] rows, long unfinished)
    {
        _store = store;
        _users = store.Layout[IdentityFields.AnonymousUserId];
        _rows = rows;
        Period = period;
        Unfinished = unfinished;
    }

    public Period Period { get; }

    /// <summary>Number of publishes of the period that pass the filters, but whose outcome is not known. They are not in the selection.</summary>
    public long Unfinished { get; }

    /// <summary>Number of publishes.</summary>
    public int Count => _rows.Length;

    /// <summary>Names the publishes, user by user.</summary>
    public IndexRange Indices => new(_rows.Length);

    public RecordLayout Layout => _store.Layout;

    /// <summary>Returns the row of a publish.</summary>
    public ReadOnlySpan<byte> this[int index] => _store[_rows[index]];

    /// <summary>Selects publishes.</summary>
    public static PublishSelection Create(PublishStore store, Period period, IReadOnlyList<RowFilter> filters)
    {
        FieldColumn users = store.Layout[IdentityFields.AnonymousUserId];
        long unfinished = 0;
        int count = 0;
        foreach (RowReference reference in store.References())
        {
            ReadOnlySpan<byte> row = store[reference];
            if (period.Contains(Row.TimeOf(row)) && PassesAll(filters, row))
            {
                _ = Row.OutcomeOf(row) is PublishOutcome.Unknown ? unfinished++ : count++;
            }
        }

        // Not a list that grows: its old halves would stay in memory for a while.
        var rows = new RowReference[count];
        count = 0;
        foreach (RowReference reference in store.References())
        {
            ReadOnlySpan<byte> row = store[reference];
            if (Row.OutcomeOf(row) is not PublishOutcome.Unknown && period.Contains(Row.TimeOf(row)) && PassesAll(filters, row))
            {
                rows[count++] = reference;
            }
        }

        return new PublishSelection(store, period, CountingSort(count, i => rows[i], reference => (int)users.Read(store[reference])), unfinished);
    }

    /// <summary>Returns the number of a publish's user; 0 for none.</summary>
    public int UserOf(ReadOnlySpan<byte> row) => (int)_users.Read(row);

    /// <summary>Returns the indices of the publishes, ordered by a small number of theirs, and by time where it is the same.</summary>
    public int[] OrderBy(FieldColumn column)
    {
        int[] indices = CountingSort(Count, static i => i, index => (int)column.Read(this[index]));
        for (int start = 0, end; start < indices.Length; start = end)
        {
            long number = column.Read(this[indices[start]]);
            for (end = start + 1; end < indices.Length && column.Read(this[indices[end]]) == number;)
            {
                end++;
            }

            indices.AsSpan(start..end).Sort(CompareTimes);
        }

        return indices;
    }

    private int CompareTimes(int first, int second)
    {
        ref readonly RowHeader one = ref Row.Header(this[first]);
        ref readonly RowHeader other = ref Row.Header(this[second]);
        int order = one.Time.CompareTo(other.Time);
        return order != 0 ? order : one.PublishId.CompareTo(other.PublishId);
    }

    private static bool PassesAll(IReadOnlyList<RowFilter> filters, ReadOnlySpan<byte> row)
    {
        for (int i = 0; i < filters.Count; i++)
        {
            if (!filters[i].Passes(row))
            {
                return false;
            }
        }

        return true;
    }

    private static T[] CountingSort<T>(int count, Func<int, T> item, Func<T, int> number)
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

        var sorted = new T[count];
        for (int i = 0; i < count; i++)
        {
            sorted[ends[number(item(i))]++] = item(i);
        }

        return sorted;
    }
}

/// <summary>The numbers from 0 up to a limit, to be enumerated without an allocation.</summary>
internal readonly struct IndexRange(int count)
{
    public Enumerator GetEnumerator() => new(count);

    public struct Enumerator(int count)
    {
        public int Current { get; private set; } = -1;

        public bool MoveNext() => ++Current < count;
    }
}
