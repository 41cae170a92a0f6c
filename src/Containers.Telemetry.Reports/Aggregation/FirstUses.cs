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
                Add(first, project, values, row.Time);
            }
        }

        return new FirstUses(projects.Count, first
            .Where(static use => use.Key.Value != 0)
            .GroupBy(static use => use.Key.Value, static use => use.Value)
            .ToDictionary(uses => (string)key.CellOf(uses.Key)!, static uses => uses.Order().ToArray(), StringComparer.Ordinal));
    }

    private static void Add(Dictionary<(long Value, int Project), long> first, int project, List<long> values, long time)
    {
        foreach (long value in values)
        {
            ref long known = ref CollectionsMarshal.GetValueRefOrAddDefault(first, (value, project), out bool exists);
            known = exists ? Math.Min(known, time) : time;
        }
    }
}
