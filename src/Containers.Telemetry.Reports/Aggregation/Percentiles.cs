namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Exact percentiles: the nearest rank, so that each is a value that occurs.</summary>
internal static class Percentiles
{
    /// <summary>Returns the smallest value that at least a part of all values are not above; null when there are none.</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static long? Of(ReadOnlySpan<long> sorted, int percent) =>
        sorted.IsEmpty ? null : sorted[(int)((((long)sorted.Length * percent) + 99) / 100) - 1];

    /// <summary>Collects the values of a number by group, each group's in ascending order. Publishes without the number have no part in it.</summary>
    /// <param name="selection">The publishes.</param>
    /// <param name="grouping">Their groups.</param>
    /// <param name="column">The number.</param>
    public static IReadOnlyList<ReadOnlyMemory<long>> ByGroup(PublishSelection selection, Grouping grouping, Storage.FieldColumn column)
    {
        var ends = new int[grouping.Groups.Count + 1];
        foreach (int index in selection.Indices)
        {
            ReadOnlySpan<byte> row = selection[index];
            if (column.Read(row) != 0)
            {
                foreach (int group in grouping.GroupsOf(row))
                {
                    ends[group + 1]++;
                }
            }
        }

        for (int group = 1; group < ends.Length; group++)
        {
            ends[group] += ends[group - 1];
        }

        var values = new long[ends[^1]];
        int[] next = [.. ends];
        foreach (int index in selection.Indices)
        {
            ReadOnlySpan<byte> row = selection[index];
            long number = column.Read(row);
            if (number != 0)
            {
                foreach (int group in grouping.GroupsOf(row))
                {
                    values[next[group]++] = number - 1;
                }
            }
        }

        var result = new ReadOnlyMemory<long>[grouping.Groups.Count];
        for (int group = 0; group < result.Length; group++)
        {
            Array.Sort(values, ends[group], ends[group + 1] - ends[group]);
            result[group] = values.AsMemory(ends[group], ends[group + 1] - ends[group]);
        }

        return result;
    }
}
