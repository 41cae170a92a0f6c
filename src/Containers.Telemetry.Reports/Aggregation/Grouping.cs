using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Sorts publishes into groups by one key or several. A publish with several values in a field is in several groups.</summary>
internal sealed class Grouping
{
    private readonly GroupKey[] _keys;
    private readonly Dictionary<(int Parent, long Key), int>[] _children;
    private readonly (int Parent, long Key, int Child)[] _lastChildren;
    private readonly List<long>[] _keysOfRow;
    private readonly List<Group> _groups = [];
    private readonly long[] _path;
    private readonly List<int> _groupsOfRow = [];

    private Grouping(GroupKey[] keys)
    {
        _keys = keys;
        _path = new long[keys.Length];
        _children = [.. keys.Select(static _ => new Dictionary<(int, long), int>())];
        _lastChildren = [.. keys.Select(static _ => (int.MinValue, 0L, 0))];
        _keysOfRow = [.. keys.Select(static _ => new List<long>())];
    }

    /// <summary>The groups, in order of appearance; none without a key.</summary>
    public IReadOnlyList<Group> Groups => _groups;

    /// <summary>All publishes, each counted once.</summary>
    public Tally Whole { get; } = new();

    public static Grouping Of(PublishSelection selection, params GroupKey[] keys)
    {
        var grouping = new Grouping(keys);
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            grouping.Whole.Add(row);
            foreach (int group in grouping.GroupsOf(row))
            {
                grouping._groups[group].Tally.Add(row);
            }
        }

        return grouping;
    }

    /// <summary>Counts the different values of a column in each group, by the group's number. Publishes without a value are not counted.</summary>
    public long[] CountDistinct(PublishSelection selection, FieldColumn column)
    {
        long[] counts = new long[_groups.Count];
        var seen = new HashSet<(int Group, long Value)>();
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            if (column.Read(row) is var value and not 0)
            {
                foreach (int group in GroupsOf(row))
                {
                    counts[group] += seen.Add((group, value)) ? 1 : 0;
                }
            }
        }

        return counts;
    }

    public object?[] CellsOf(Group group) => [.. group.Keys.Select((key, i) => _keys[i].CellOf(key))];

    public IEnumerable<ReportColumn> Columns() => _keys.Select(static key => key.Column);

    /// <summary>Returns the numbers of the groups of a publish, until it is asked for those of another one.</summary>
    public ReadOnlySpan<int> GroupsOf(PublishRow row)
    {
        _groupsOfRow.Clear();
        for (int i = 0; i < _keys.Length; i++)
        {
            _keysOfRow[i].Clear();
            _keys[i].Collect(row, _keysOfRow[i]);
        }

        if (_keys.Length > 0)
        {
            Descend(0, -1);
        }

        return CollectionsMarshal.AsSpan(_groupsOfRow);
    }

    private void Descend(int level, int parent)
    {
        bool isLast = level == _keys.Length - 1;
        foreach (long key in _keysOfRow[level])
        {
            _path[level] = key;
            int child = ChildOf(level, parent, key, isLast);
            if (isLast)
            {
                _groupsOfRow.Add(child);
            }
            else
            {
                Descend(level + 1, child);
            }
        }
    }

    // Publishes come user by user, so that most are in the group of the one before.
    private int ChildOf(int level, int parent, long key, bool isLast)
    {
        ref (int Parent, long Key, int Child) last = ref _lastChildren[level];
        if (last.Parent == parent && last.Key == key)
        {
            return last.Child;
        }

        if (!_children[level].TryGetValue((parent, key), out int child))
        {
            child = isLast ? AddGroup() : _children[level].Count;
            _children[level].Add((parent, key), child);
        }

        last = (parent, key, child);
        return child;
    }

    private int AddGroup()
    {
        _groups.Add(new Group(_groups.Count, [.. _path], new Tally()));
        return _groups.Count - 1;
    }
}

/// <summary>Publishes that have the same keys.</summary>
internal sealed record Group(int Number, long[] Keys, Tally Tally);
