using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Counts the publishes of a selection for a table.</summary>
internal sealed class SelectionGroups
{
    private readonly PublishSelection _selection;
    private readonly TableSpec _spec;
    private readonly Grouping _grouping;
    private readonly EventField[] _fields;
    private readonly Measure[] _percentiles;
    private readonly Dictionary<EventField, GroupedValues> _values = [];
    private readonly long[]? _projects;

    private SelectionGroups(TableSpec spec, PublishSelection selection, TimeBucket bucket)
    {
        _selection = selection;
        _spec = spec;
        _grouping = Grouping.Of(selection, [.. spec.Dimensions.Select(field => GroupKey.Of(field, selection.Layout, bucket))]);
        _fields = [.. spec.Measures.Select(static measure => measure.Field).OfType<EventField>().Distinct()];
        _percentiles = [.. spec.Measures.Where(static measure => measure.Kind is MeasureKind.Percentile)];
        if (spec.Dimensions.Count > 0)
        {
            _values = _fields.ToDictionary(static field => field, field => GroupedValues.Of(selection, _grouping, selection.Layout[field]));
            _projects = HasProjects ? _grouping.CountDistinct(selection, selection.Layout.Projects) : null;
        }
    }

    private bool HasProjects => _spec.Has(MeasureKind.Projects);

    /// <param name="bucket">The part of time of rows, if the table does not define it.</param>
    public static TableGroups Of(TableSpec spec, PublishSelection selection, TimeBucket bucket)
    {
        var groups = new SelectionGroups(spec, selection, bucket);
        return new TableGroups([.. groups._grouping.Columns()], [.. groups._grouping.Groups.Select(groups.GroupOf)], groups.Whole());
    }

    private TableGroup GroupOf(Group group) => With(
        new TableGroup(_grouping.CellsOf(group)) { Projects = _projects?[group.Number] ?? 0 },
        group.Tally,
        field => _values[field].Of(group));

    private TableGroup Whole()
    {
        if (!_spec.HasWholeRow)
        {
            return With(TableGroup.Empty, _grouping.Whole, static _ => []);
        }

        Dictionary<EventField, long[]> all = _fields.ToDictionary(static field => field, AllOf);
        return With(
            TableGroup.Empty with { Projects = HasProjects ? IdentityCounts.Of(_selection, _selection.Layout.Projects).LongLength : 0 },
            _grouping.Whole,
            field => all[field]);
    }

    // A publish with several values in a dimension is in several groups.
    private long[] AllOf(EventField field) =>
        _values.TryGetValue(field, out GroupedValues? values) && _spec.Dimensions.All(static dimension => dimension.Shape is not FieldShape.Texts)
            ? values.InOrder()
            : GroupedValues.All(_selection, _selection.Layout[field]);

    private TableGroup With(TableGroup group, Tally tally, ValuesOf values) => group with
    {
        Succeeded = tally.Succeeded,
        Failed = tally.Failed,
        Canceled = tally.Canceled,
        Users = tally.Users,
        First = tally.Publishes == 0 ? null : new DateTimeOffset(tally.First, TimeSpan.Zero),
        Last = tally.Publishes == 0 ? null : new DateTimeOffset(tally.Last, TimeSpan.Zero),
        Having = _fields.ToDictionary(static field => field, field => (long)values(field).Length),
        Percentiles = _percentiles.ToDictionary(
            static measure => (measure.Field!, measure.Percent), measure => Percentiles.Of(values(measure.Field!), measure.Percent)),
    };

    private delegate ReadOnlySpan<long> ValuesOf(EventField field);
}
