namespace Containers.Telemetry.Core.Tests.Namespaces;

/// <summary>The dependencies between namespaces: from <c>using</c> directives, and from types of outer namespaces that the code names.</summary>
internal sealed class Arrows
{
    private readonly SortedDictionary<string, SortedSet<string>> _targets = new(StringComparer.Ordinal);

    public Arrows(IReadOnlyList<ProductFile> files)
    {
        HashSet<string> rooms = [.. files.Select(file => file.Room)];
        foreach (ProductFile file in files)
        {
            IEnumerable<string> used = file.Usings.Select(name => RoomOf(name, rooms)).Concat(OuterRooms(file, files));
            foreach (string target in used.Where(target => target != file.Room))
            {
                if (!_targets.TryGetValue(file.Room, out SortedSet<string>? targets))
                {
                    _targets[file.Room] = targets = new(StringComparer.Ordinal);
                }

                targets.Add(target);
            }
        }
    }

    /// <summary>One line for each namespace with dependencies: <c>A -> B C</c>.</summary>
    public IEnumerable<string> Lines => _targets.Select(pair => $"{pair.Key} -> {string.Join(' ', pair.Value)}");

    /// <summary>The cycles: groups of namespaces that depend on each other, directly or through others of the group: <c>A B C</c>.</summary>
    public IEnumerable<string> Circles()
    {
        Dictionary<string, HashSet<string>> reachable = _targets.Keys.ToDictionary(room => room, Reach);
        return _targets.Keys
            .Where(room => reachable[room].Contains(room))
            .Select(room => reachable[room].Where(other => reachable.TryGetValue(other, out HashSet<string>? back) && back.Contains(room)))
            .Select(cycle => string.Join(' ', cycle.Order(StringComparer.Ordinal)))
            .Distinct();
    }

    // A using directive may name a type: using static, or an alias.
    private static string RoomOf(string name, HashSet<string> rooms)
    {
        string room = ProductFile.Short(name);
        return !rooms.Contains(room) && room.LastIndexOf('.') is > 0 and var dot ? room[..dot] : room;
    }

    private static IEnumerable<string> OuterRooms(ProductFile file, IReadOnlyList<ProductFile> files) => files
        .Where(
            outer => outer.Project == file.Project && file.Namespace.StartsWith(outer.Namespace + ".", StringComparison.Ordinal) && outer.Types.Any(file.Names))
        .Select(outer => outer.Room);

    private HashSet<string> Reach(string room)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([room]);
        while (open.TryPop(out string? current))
        {
            foreach (string next in _targets.GetValueOrDefault(current) ?? [])
            {
                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }
}
