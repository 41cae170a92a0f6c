using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>When each project was first published with each value of a field. Users would not do: their pseudonyms are replaced.</summary>
internal sealed class FirstUses
{
    private readonly Dictionary<(long Key, int Project), long> _first = [];
    private readonly HashSet<int> _projects = [];

    private FirstUses()
    {
    }

    /// <summary>Number of projects that were published at all.</summary>
    public int Projects => _projects.Count;

    /// <summary>Finds them.</summary>
    /// <param name="selection">The publishes.</param>
    /// <param name="key">What is used.</param>
    /// <param name="projects">The projects of the publishes. Publishes without one have no part in it.</param>
    public static FirstUses Of(PublishSelection selection, GroupKey key, FieldColumn projects)
    {
        var uses = new FirstUses();
        var values = new List<long>();
        for (int index = 0; index < selection.Count; index++)
        {
            PublishRow row = selection[index];
            int project = (int)projects.Read(row);
            if (project != 0)
            {
                values.Clear();
                key.Collect(row, values);
                uses.Add(project, values, row.Time);
            }
        }

        return uses;
    }

    /// <summary>Returns the moments of the first uses by value, a moment a project, in ascending order.</summary>
    public Dictionary<long, long[]> ByValue() => _first
        .GroupBy(static use => use.Key.Key, static use => use.Value)
        .ToDictionary(static uses => uses.Key, static uses => uses.Order().ToArray());

    private void Add(int project, List<long> values, long time)
    {
        _projects.Add(project);
        foreach (long value in values)
        {
            ref long first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, (value, project), out bool exists);
            first = exists ? Math.Min(first, time) : time;
        }
    }
}
