using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Fills tables.</summary>
internal sealed class TableEngine
{
    private readonly TableSpec _spec;
    private readonly TableGroups _groups;
    private readonly TimeBucket _bucket;
    private readonly ReportContext _context;
    private readonly long _failures;

    private TableEngine(TableSpec spec, TableGroups groups, TimeBucket bucket, ReportContext context)
    {
        _spec = spec;
        _groups = groups;
        _bucket = bucket;
        _context = context;
        _failures = groups.Groups.Sum(static group => group.Failed);
    }

    /// <summary>Makes the table of a specification.</summary>
    public static ReportTable Fill(TableSpec spec, ReportContext context)
    {
        TimeBucket bucket = TimeBuckets.For(context.Publishes.Period);
        return new TableEngine(spec, context.Publishes.Group(spec, bucket), bucket, context).Fill();
    }

    private ReportTable Fill()
    {
        var table = new ReportTable(_spec.Id, _spec.Title, [.. _groups.Columns, .. _spec.Measures.Select(static measure => measure.Column)], Note());
        if (_spec.HasWholeRow)
        {
            Add(table, _groups.Whole with { Keys = [.. _spec.Dimensions.Select(static _ => CellText.All)] });
        }

        DateOnly? next = null;
        foreach (TableGroup group in _groups.InOrder().Where(group => group.Publishes >= _spec.Minimum))
        {
            if (_spec.IsSeries && group.Keys[0] is DateOnly day)
            {
                for (DateOnly empty = next ?? day; empty < day; empty = _bucket.Next(empty))
                {
                    Add(table, TableGroup.Empty with { Keys = [empty] });
                }

                next = _bucket.Next(day);
            }

            Add(table, group);
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

    private void Add(ReportTable table, TableGroup group)
    {
        if (_spec.Condition is null || CellOf(_spec.Condition, group) is not 0L)
        {
            table.Add([.. group.Keys, .. _spec.Measures.Select(measure => CellOf(measure, group))]);
        }
    }

    private object? CellOf(Measure measure, TableGroup group) => measure.Kind switch
    {
        MeasureKind.Publishes => group.Publishes,
        MeasureKind.Share => Tally.Ratio(group.Publishes, _groups.Whole.Publishes),
        MeasureKind.Succeeded => group.Succeeded,
        MeasureKind.Failed => group.Failed,
        MeasureKind.FailureRate => Tally.Ratio(group.Failed, group.Finished),
        MeasureKind.FailureShare => Tally.Ratio(group.Failed, _failures),
        MeasureKind.Canceled => group.Canceled,
        MeasureKind.SuccessRate => group.SuccessRate,
        MeasureKind.Unfinished => _context.Publishes.Unfinished,
        MeasureKind.Users => group.Users,
        MeasureKind.Projects => group.Projects,
        MeasureKind.FirstDay => DayOf(group.First),
        MeasureKind.LastDay => DayOf(group.Last),
        MeasureKind.Having => group.Having[measure.Field!],
        MeasureKind.Percentile => group.Percentiles.GetValueOrDefault((measure.Field!, measure.Percent)),
        MeasureKind.Support => VersionIn(group) is { } version ? DotnetSupport.StateOf(version, _context.Today) : null,
        MeasureKind.SupportEnds => VersionIn(group) is { } version ? DotnetSupport.EndOf(version) : null,
        _ => throw new InvalidOperationException($"{_spec.Id} has an unknown measure {measure.Kind}."),
    };

    private static DateOnly? DayOf(DateTimeOffset? moment) => moment is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null;

    // Of base images only those of .NET have a tag that names a version of it.
    private static string? VersionIn(TableGroup group) =>
        group.Keys is [string image, _] && !image.StartsWith(DerivedFields.DotnetImages, StringComparison.Ordinal) ? null : (string)group.Keys[^1]!;
}
