using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Counts the publishes of a selection for a table.</summary>
internal sealed class SelectionGroups
{
    private readonly PublishSelection _selection;
    private readonly Grouping _grouping;
    private readonly Measure[] _percentiles;
    private readonly Dictionary<EventField, GroupedValues> _values;
    private readonly long[]? _projects;

    private SelectionGroups(TableSpec spec, PublishSelection selection, TimeBucket bucket)
    {
        _selection = selection;
        _grouping = Grouping.Of(selection, [.. spec.Dimensions.Select(field => GroupKey.Of(field, selection.Layout, bucket))]);
        _percentiles = [.. spec.Measures.Where(static measure => measure.Kind is MeasureKind.Percentile)];
        _values = spec.Measures.Select(static measure => measure.Field).OfType<EventField>().Distinct()
            .ToDictionary(static field => field, field => GroupedValues.Of(selection, _grouping, selection.Layout[field]));
        _projects = spec.Measures.Any(static measure => measure.Kind is MeasureKind.Projects) ? _grouping.CountDistinct(selection, selection.Layout.Projects) : null;
    }

    /// <summary>Counts them.</summary>
    /// <param name="spec">The table.</param>
    /// <param name="selection">The publishes.</param>
    /// <param name="bucket">The part of time that rows are about, where the table does not say which.</param>
    public static TableGroups Of(TableSpec spec, PublishSelection selection, TimeBucket bucket)
    {
        var groups = new SelectionGroups(spec, selection, bucket);
        return new TableGroups([.. groups._grouping.Columns()], [.. groups._grouping.Groups.Select(groups.GroupOf)], groups.Whole(spec));
    }

    private TableGroup GroupOf(Group group) => With(
        new TableGroup(_grouping.CellsOf(group)) { Projects = _projects?[group.Number] ?? 0 },
        group.Tally,
        field => _values[field].Of(group));

    private TableGroup Whole(TableSpec spec)
    {
        bool isShown = spec.HasTotal || spec.Dimensions.Count == 0;
        Dictionary<EventField, long[]> all = isShown ? _values.Keys.ToDictionary(static field => field, field => GroupedValues.All(_selection, _selection.Layout[field])) : [];
        return With(
            new TableGroup([]) { Projects = _projects is null ? 0 : IdentityCounts.Of(_selection, _selection.Layout.Projects).LongLength },
            _grouping.Whole,
            field => all.GetValueOrDefault(field));
    }

    private TableGroup With(TableGroup group, Tally tally, ValuesOf values) => group with
    {
        Succeeded = tally.Succeeded,
        Failed = tally.Failed,
        Canceled = tally.Canceled,
        Users = tally.Users,
        First = tally.Publishes == 0 ? null : new DateTimeOffset(tally.First, TimeSpan.Zero),
        Last = tally.Publishes == 0 ? null : new DateTimeOffset(tally.Last, TimeSpan.Zero),
        Having = _values.Keys.ToDictionary(static field => field, field => (long)values(field).Length),
        Percentiles = _percentiles.ToDictionary(static measure => (measure.Field!, measure.Percent), measure => Percentiles.Of(values(measure.Field!), measure.Percent)),
    };

    private delegate ReadOnlySpan<long> ValuesOf(EventField field);
}
