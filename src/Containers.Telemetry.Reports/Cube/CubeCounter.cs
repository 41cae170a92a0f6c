using System.Runtime.InteropServices;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Cube;

/// <summary>
/// Counts publishes by combinations of values. The combinations are a tree, an axis a level; a level that would get more than
/// <see cref="PublishCube.MaxCells"/> nodes is given up, with those below it, so that memory is bounded whatever the data. Which levels
/// remain does not depend on the order of the publishes.
/// </summary>
internal sealed class CubeCounter(AxisKey[] axes)
{
    private readonly List<Level> _levels = [.. axes.Select(static axis => new Level(axis))];

    /// <summary>Counts publishes.</summary>
    public static PublishCube Count(PublishSelection selection, AxisKey[] axes)
    {
        var counter = new CubeCounter(axes);
        for (int index = 0; index < selection.Count; index++)
        {
            counter.Add(selection[index]);
        }

        return counter.ToCube();
    }

    private void Add(PublishRow row)
    {
        int node = -1;
        for (int i = 0; i < _levels.Count; i++)
        {
            node = _levels[i].Count(node, row);
            if (_levels[i].IsTooLarge)
            {
                _levels.RemoveRange(i, _levels.Count - i);
            }
        }
    }

    private PublishCube ToCube()
    {
        Dictionary<long, int>[] positions = new Dictionary<long, int>[_levels.Count];
        var cubeAxes = new List<CubeAxis>();
        for (int i = 0; i < _levels.Count; i++)
        {
            // Numbers depend on which thread read first; texts do not.
            AxisKey axis = _levels[i].Axis;
            (long Number, IReadOnlyList<string> Texts)[] values =
            [
                .. _levels[i].Nodes.Select(static node => node.Key).Distinct()
                    .Select(number => (number, axis.TextsOf(number)))
                    .OrderBy(static value => string.Join('\n', value.Item2), StringComparer.Ordinal),
            ];
            positions[i] = values.Select(static (value, position) => (value.Number, position)).ToDictionary(static pair => pair.Number, static pair => pair.position);
            cubeAxes.Add(new CubeAxis(axis.Id, [.. values.Select(static value => value.Texts)]));
        }

        return new PublishCube
        {
            Axes = cubeAxes,
            Cells = _levels.Count == 0 ? [] : [.. _levels[^1].Nodes.Select(leaf => CellOf(leaf, positions)).OrderBy(static cell => cell.Positions, PositionsComparer.Instance)],
            LeftOut = [.. axes.Skip(_levels.Count).Select(static axis => axis.Id)],
        };
    }

    private CubeCell CellOf(Node leaf, Dictionary<long, int>[] positions)
    {
        int[] path = new int[_levels.Count];
        Node node = leaf;
        for (int i = path.Length - 1; i >= 0; i--)
        {
            path[i] = positions[i][node.Key];
            node = i > 0 ? _levels[i - 1].Nodes[node.Parent] : node;
        }

        return new CubeCell(path, leaf.Succeeded, leaf.Failed, leaf.Canceled);
    }

    private record struct Node(int Parent, long Key, int Succeeded, int Failed, int Canceled);

    private sealed class Level(AxisKey axis)
    {
        private readonly Dictionary<(int Parent, long Key), int> _index = [];
        private readonly List<Node> _nodes = [];

        public AxisKey Axis { get; } = axis;

        public List<Node> Nodes => _nodes;

        public bool IsTooLarge => _nodes.Count > PublishCube.MaxCells;

        /// <summary>Counts a publish and returns the position of its node.</summary>
        public int Count(int parent, PublishRow row)
        {
            long key = Axis.Read(row);
            ref int position = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, (parent, key), out bool exists);
            if (!exists)
            {
                position = _nodes.Count;
                _nodes.Add(new Node(parent, key, 0, 0, 0));
            }

            ref Node node = ref CollectionsMarshal.AsSpan(_nodes)[position];
            switch (row.Outcome)
            {
                case PublishOutcome.Succeeded:
                    node.Succeeded++;
                    break;
                case PublishOutcome.Failed:
                    node.Failed++;
                    break;
                default:
                    node.Canceled++;
                    break;
            }

            return position;
        }
    }

    private sealed class PositionsComparer : IComparer<IReadOnlyList<int>>
    {
        public static readonly PositionsComparer Instance = new();

        public int Compare(IReadOnlyList<int>? x, IReadOnlyList<int>? y)
        {
            for (int i = 0; i < x!.Count; i++)
            {
                int order = x[i].CompareTo(y![i]);
                if (order != 0)
                {
                    return order;
                }
            }

            return 0;
        }
    }
}
