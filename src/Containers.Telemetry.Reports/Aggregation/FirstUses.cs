using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Finds out when each project was first published with each value of a field.</summary>
/// <param name="key">The field.</param>
/// <param name="projects">Tells the projects apart. Users would not do: their pseudonyms are replaced.</param>
internal sealed class FirstUses(GroupKey key, FieldColumn projects) : IRowVisitor
{
    private readonly Dictionary<(long Key, int Project), long> _first = [];
    private readonly HashSet<int> _projects = [];
    private readonly List<long> _keysOfRow = [];

    /// <summary>Number of projects that were published at all.</summary>
    public int Projects => _projects.Count;

    public void Visit(PublishRow row)
    {
        int project = (int)projects.Read(row);
        if (project == 0)
        {
            return;
        }

        _projects.Add(project);
        _keysOfRow.Clear();
        key.Collect(row, _keysOfRow);
        long time = row.Time;
        foreach (long value in _keysOfRow)
        {
            ref long first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, (value, project), out bool exists);
            first = exists ? Math.Min(first, time) : time;
        }
    }

    /// <summary>Returns the moments of the first uses by value, a moment a project, in ascending order.</summary>
    public Dictionary<long, long[]> ByValue() => _first
        .GroupBy(static use => use.Key.Key, static use => use.Value)
        .ToDictionary(static uses => uses.Key, static uses => uses.Order().ToArray());
}
