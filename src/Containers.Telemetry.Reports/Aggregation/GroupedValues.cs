using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>The values of a number by group. Publishes without the number are not counted.</summary>
internal sealed class GroupedValues
{
    // The start of each group, and then the end of the last one.
    private readonly int[] _starts;
    private readonly long[] _values;

    private GroupedValues(int[] starts, long[] values)
    {
        _starts = starts;
        _values = values;
    }

    /// <summary>Collects them: counts first, so that one array holds them all.</summary>
    public static GroupedValues Of(PublishSelection selection, Grouping grouping, FieldColumn column)
    {
        int[] starts = new int[grouping.Groups.Count + 1];
        ForEach(selection, grouping, column, (group, _) => starts[group + 1]++);
        for (int group = 1; group < starts.Length; group++)
        {
            starts[group] += starts[group - 1];
        }

        int[] next = [.. starts];
        long[] values = new long[starts[^1]];
        ForEach(selection, grouping, column, (group, value) => values[next[group]++] = value);
        for (int group = 0; group + 1 < starts.Length; group++)
        {
            Array.Sort(values, starts[group], starts[group + 1] - starts[group]);
        }

        return new GroupedValues(starts, values);
    }

    /// <summary>Returns the values of all publishes, in ascending order.</summary>
    public static long[] All(PublishSelection selection, FieldColumn column)
    {
        var values = new List<long>(selection.Count);
        for (int index = 0; index < selection.Count; index++)
        {
            if (column.Read(selection[index]) is var number and not 0)
            {
                values.Add(number - 1);
            }
        }

        values.Sort();
        return [.. values];
    }

    /// <summary>Returns the values of all groups, in ascending order.</summary>
    public long[] InOrder()
    {
        long[] all = [.. _values];
        Array.Sort(all);
        return all;
    }

    /// <summary>The values of a group, in ascending order.</summary>
    public ReadOnlySpan<long> Of(Group group) => _values.AsSpan(_starts[group.Number].._starts[group.Number + 1]);

    private static void ForEach(PublishSelection selection, Grouping grouping, FieldColumn column, Action<int, long> take)
    {
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            if (column.Read(row) is var number and not 0)
            {
                foreach (int group in grouping.GroupsOf(row))
                {
                    take(group, number - 1);
                }
            }
        }
    }
}
