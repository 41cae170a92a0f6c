using Containers.Telemetry.Reports.Cube;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>
/// Collects what sections want to know of the publishes and finds it out all at once: going through a million rows is what costs time,
/// not what is done with each.
/// </summary>
/// <param name="selection">The publishes.</param>
internal sealed class ReportPlan(PublishSelection selection)
{
    private readonly List<IRowVisitor> _visitors = [];
    private readonly List<GroupedValues> _values = [];

    public PublishSelection Selection { get; } = selection;

    public RecordLayout Layout => Selection.Layout;

    /// <summary>Wants publishes grouped. The groups are there when the plan was run.</summary>
    public Grouping Group(params GroupKey[] keys) => Add(new Grouping(keys));

    /// <summary>Wants all publishes counted. The count is there when the plan was run.</summary>
    public WholeTally Whole() => Add(new WholeTally());

    /// <summary>Wants publishes counted by an identity. The counts are there when the plan was run.</summary>
    public IdentityCounts Count(Events.EventField identity) => Add(new IdentityCounts((IdentifierColumn)Layout[identity]));

    /// <summary>Wants to know when each project first had each value of a field. The moments are there when the plan was run.</summary>
    public FirstUses FirstUses(GroupKey key, Events.EventField project) => Add(new FirstUses(key, Layout[project]));

    /// <summary>Wants publishes counted by combinations of values. The counts are there when the plan was run.</summary>
    public CubeCounter Cube(AxisKey[] axes) => Add(new CubeCounter(axes));

    /// <summary>Wants the values of a number by group. The values are there when the plan was run.</summary>
    public GroupedValues Values(Grouping grouping, Events.EventField measure)
    {
        var values = new GroupedValues(grouping, Layout[measure]);
        _values.Add(values);
        return values;
    }

    /// <summary>Finds everything out.</summary>
    public void Run()
    {
        foreach (GroupedValues values in _values)
        {
            _visitors.Add(values.Counter);
        }

        Show(_visitors);
        if (_values.Count > 0)
        {
            Show([.. _values.Select(static values => values.StartCollecting())]);
            _values.ForEach(static values => values.Sort());
        }
    }

    private void Show(List<IRowVisitor> visitors)
    {
        if (visitors.Count == 0)
        {
            return;
        }

        for (int index = 0; index < Selection.Count; index++)
        {
            PublishRow row = Selection[index];
            foreach (IRowVisitor visitor in visitors)
            {
                visitor.Visit(row);
            }
        }
    }

    private T Add<T>(T visitor)
        where T : IRowVisitor
    {
        _visitors.Add(visitor);
        return visitor;
    }
}
