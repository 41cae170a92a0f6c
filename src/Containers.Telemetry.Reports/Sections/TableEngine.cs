using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Fills tables.</summary>
internal sealed class TableEngine
{
    private const string DotnetImages = "mcr.microsoft.com/dotnet/";
    private const string All = "(all)";

    private readonly TableSpec _spec;
    private readonly ReportContext _context;
    private readonly TimeBucket _bucket;
    private readonly Grouping _grouping;
    private readonly Dictionary<EventField, GroupedValues> _values;
    private readonly Dictionary<EventField, long[]> _allValues = [];
    private readonly long _failures;
    private long? _projects;
    private long[]? _projectsByGroup;

    private TableEngine(TableSpec spec, ReportContext context)
    {
        _spec = spec;
        _context = context;
        _bucket = TimeBuckets.For(context.Publishes.Period);
        _grouping = Grouping.Of(context.Publishes, [.. spec.Dimensions.Select(field => GroupKey.Of(field, context.Publishes.Layout, _bucket))]);
        _values = spec.Measures.Select(static measure => measure.Field).OfType<EventField>().Distinct()
            .ToDictionary(static field => field, field => GroupedValues.Of(context.Publishes, _grouping, context.Publishes.Layout[field]));
        _failures = _grouping.Groups.Sum(static group => group.Tally.Failed);
    }

    /// <summary>Makes the table of a specification.</summary>
    public static ReportTable Fill(TableSpec spec, ReportContext context) => new TableEngine(spec, context).Fill();

    private ReportTable Fill()
    {
        var table = new ReportTable(_spec.Id, _spec.Title, [.. _grouping.Columns(), .. _spec.Measures.Select(static measure => measure.Column)], Note());
        if (_spec.HasTotal || _spec.Dimensions.Count == 0)
        {
            Add(table, [.. _spec.Dimensions.Select(static _ => All)], null);
        }

        DateOnly? next = null;
        foreach (Group group in _grouping.InOrder().Where(group => group.Tally.Publishes >= _spec.Minimum))
        {
            object?[] names = _grouping.CellsOf(group);
            if (_spec.IsSeries && names[0] is DateOnly day)
            {
                for (DateOnly empty = next ?? day; empty < day; empty = _bucket.Next(empty))
                {
                    Add(table, [empty], Group.Empty);
                }

                next = _bucket.Next(day);
            }

            Add(table, names, group);
        }

        table.Arrange(_spec.Sort?.Column, _spec.Sort?.IsDescending is true, _spec.Limit);
        return table;
    }

    private string? Note() => !_spec.IsSeries ? _spec.Note : _bucket switch
    {
        TimeBucket.Week => "Weeks begin on Monday, UTC.",
        TimeBucket.Month => "Months are those of UTC.",
        _ => "Days are those of UTC.",
    };

    /// <summary>Adds the row of a group; null for the row of all publishes.</summary>
    private void Add(ReportTable table, object?[] names, Group? group)
    {
        if (_spec.Condition is null || CellOf(_spec.Condition, names, group) is not 0L)
        {
            table.Add([.. names, .. _spec.Measures.Select(measure => CellOf(measure, names, group))]);
        }
    }

    private object? CellOf(Measure measure, object?[] names, Group? group)
    {
        Tally tally = group?.Tally ?? _grouping.Whole;
        return measure.Kind switch
        {
            MeasureKind.Publishes => tally.Publishes,
            MeasureKind.Share => Tally.Ratio(tally.Publishes, _context.Publishes.Count),
            MeasureKind.Succeeded => tally.Succeeded,
            MeasureKind.Failed => tally.Failed,
            MeasureKind.FailureRate => Tally.Ratio(tally.Failed, tally.Succeeded + tally.Failed),
            MeasureKind.FailureShare => Tally.Ratio(tally.Failed, _failures),
            MeasureKind.Canceled => tally.Canceled,
            MeasureKind.SuccessRate => tally.SuccessRate,
            MeasureKind.Unfinished => _context.Publishes.Unfinished,
            MeasureKind.Users => tally.Users,
            MeasureKind.FirstDay => TimeBucket.Day.DayOf(tally.First),
            MeasureKind.LastDay => TimeBucket.Day.DayOf(tally.Last),
            MeasureKind.Having => (long)ValuesOf(measure, group).Length,
            MeasureKind.Percentile => Percentiles.Of(ValuesOf(measure, group), measure.Percent),
            MeasureKind.Support => VersionIn(names) is { } version ? DotnetSupport.StateOf(version, _context.Today) : null,
            MeasureKind.SupportEnds => VersionIn(names) is { } version ? DotnetSupport.EndOf(version) : null,
            MeasureKind.Projects => group is null ? _projects ??= IdentityCounts.Of(_context.Publishes, _context.Publishes.Layout.Projects).LongLength : ProjectsOf(group),
            _ => throw new InvalidOperationException($"{_spec.Id} has an unknown measure {measure.Kind}."),
        };
    }

    private ReadOnlySpan<long> ValuesOf(Measure measure, Group? group)
    {
        if (group is not null)
        {
            return _values[measure.Field!].Of(group);
        }

        if (!_allValues.TryGetValue(measure.Field!, out long[]? all))
        {
            all = GroupedValues.All(_context.Publishes, _context.Publishes.Layout[measure.Field!]);
            _allValues.Add(measure.Field!, all);
        }

        return all;
    }

    private long ProjectsOf(Group group)
    {
        _projectsByGroup ??= _grouping.CountDistinct(_context.Publishes, _context.Publishes.Layout.Projects);
        return group.Number < 0 ? 0 : _projectsByGroup[group.Number];
    }

    // Of base images only those of .NET have a tag that names a version of it.
    private static string? VersionIn(object?[] names) =>
        names is [string image, _] && !image.StartsWith(DotnetImages, StringComparison.Ordinal) ? null : (string)names[^1]!;
}
