using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>When each project was first published with each value of a field. Users would not do: their pseudonyms are replaced.</summary>
/// <param name="Projects">Number of projects that were published at all.</param>
/// <param name="ByValue">The moments of the first uses by value, a moment a project, in ascending order: <see cref="DateTime.Ticks"/>, UTC.</param>
internal sealed record FirstUses(long Projects, IReadOnlyDictionary<string, long[]> ByValue)
{
    /// <summary>Finds them.</summary>
    /// <param name="selection">The publishes. Those without a project have no part in it.</param>
    /// <param name="key">What is used.</param>
    public static FirstUses Of(PublishSelection selection, GroupKey key)
    {
        var first = new Dictionary<(long Value, int Project), long>();
        var projects = new HashSet<int>();
        var values = new List<long>();
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            int project = (int)selection.Layout.Projects.Read(row);
            if (project != 0)
            {
                projects.Add(project);
                values.Clear();
                key.Collect(row, values);
                values.ForEach(value => Add(first, (value, project), row.Time));
            }
        }

        return new FirstUses(projects.Count, first
            .Where(static use => use.Key.Value != 0)
            .GroupBy(static use => use.Key.Value, static use => use.Value)
            .ToDictionary(uses => (string)key.CellOf(uses.Key)!, static uses => uses.Order().ToArray(), StringComparer.Ordinal));
    }

    /// <summary>Counts the projects that were first published before a moment.</summary>
    /// <param name="selection">The publishes. Those without a project have no part in it.</param>
    /// <param name="moments">The moments.</param>
    /// <returns>The number of projects for each moment.</returns>
    public static long[] ProjectsBefore(PublishSelection selection, IReadOnlyList<DateTimeOffset> moments)
    {
        var first = new Dictionary<int, long>();
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            int project = (int)selection.Layout.Projects.Read(row);
            if (project != 0)
            {
                Add(first, project, row.Time);
            }
        }

        return [.. moments.Select(moment => first.Values.LongCount(time => time < moment.UtcTicks))];
    }

    private static void Add<T>(Dictionary<T, long> first, T key, long time)
        where T : notnull
    {
        ref long known = ref CollectionsMarshal.GetValueRefOrAddDefault(first, key, out bool exists);
        known = exists ? Math.Min(known, time) : time;
    }
}
