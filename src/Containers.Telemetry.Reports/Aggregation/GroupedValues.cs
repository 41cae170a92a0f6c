using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>The values of a number by group: counted first, then collected into one array. Publishes without the number have no part in it.</summary>
internal sealed class GroupedValues(Grouping grouping, FieldColumn column)
{
    private readonly List<int> _counts = [];
    private int[] _next = [];
    private int[] _starts = [];
    private long[] _values = [];

    /// <summary>Counts them.</summary>
    public IRowVisitor Counter => new CountingVisitor(this);

    /// <summary>How many values there are in all.</summary>
    public int Count => _values.Length;

    /// <summary>The values of a group, in ascending order.</summary>
    public ReadOnlySpan<long> Of(Group group) => group.Number + 1 < _starts.Length ? _values.AsSpan(_starts[group.Number].._starts[group.Number + 1]) : [];

    /// <summary>The values of all groups, in ascending order. Afterwards those of one group cannot be had any more.</summary>
    public ReadOnlySpan<long> All()
    {
        Array.Sort(_values);
        return _values;
    }

    /// <summary>Makes room for what was counted, and returns what collects it.</summary>
    public IRowVisitor StartCollecting()
    {
        _starts = new int[_counts.Count + 1];
        for (int group = 0; group < _counts.Count; group++)
        {
            _starts[group + 1] = _starts[group] + _counts[group];
        }

        _next = [.. _starts];
        _values = new long[_starts[^1]];
        return new CollectingVisitor(this);
    }

    /// <summary>Sorts what was collected, group by group.</summary>
    public void Sort()
    {
        for (int group = 0; group + 1 < _starts.Length; group++)
        {
            Array.Sort(_values, _starts[group], _starts[group + 1] - _starts[group]);
        }
    }

    private sealed class CountingVisitor(GroupedValues owner) : IRowVisitor
    {
        public void Visit(PublishRow row)
        {
            if (owner.Column.Read(row) == 0)
            {
                return;
            }

            foreach (int group in owner.Grouping.GroupsOf(row))
            {
                while (owner._counts.Count <= group)
                {
                    owner._counts.Add(0);
                }

                owner._counts[group]++;
            }
        }
    }

    private sealed class CollectingVisitor(GroupedValues owner) : IRowVisitor
    {
        public void Visit(PublishRow row)
        {
            long number = owner.Column.Read(row);
            if (number == 0)
            {
                return;
            }

            foreach (int group in owner.Grouping.GroupsOf(row))
            {
                owner._values[owner._next[group]++] = number - 1;
            }
        }
    }

    private Grouping Grouping { get; } = grouping;

    private FieldColumn Column { get; } = column;
}
