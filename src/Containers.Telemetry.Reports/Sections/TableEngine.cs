using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

internal sealed class TableEngine(TableSpec spec, TableGroups groups, TimeBucket bucket, ReportContext context)
{
    private readonly long _failures = groups.Groups.Sum(static group => group.Failed);

    public static ReportTable Fill(TableSpec spec, ReportContext context)
    {
        TimeBucket bucket = TimeBuckets.For(context.Publishes.Period);
        return new TableEngine(spec, GroupsOf(spec, context.Publishes, bucket), bucket, context).Fill();
    }

    private static TableGroups GroupsOf(TableSpec spec, IPublishes publishes, TimeBucket bucket)
    {
        TableGroups groups = publishes.Group(spec, bucket);
        return spec.Dimensions.Count == 0 || !spec.Has(MeasureKind.Unfinished) || publishes.Unfinished == 0 ? groups : groups.With(
            publishes.GroupUnfinished(spec with { Measures = [], HasTotal = false }, bucket),
            spec.Dimensions.ToList().FindIndex(static field => field.IsOutcome));
    }

    private ReportTable Fill()
    {
        var table = new ReportTable(spec.Id, spec.Title, [.. groups.Columns, .. spec.Measures.Select(static measure => measure.Column)], Note());
        if (spec.HasWholeRow)
        {
            Add(table, groups.Whole with { Keys = [.. spec.Dimensions.Select(static _ => CellText.All)] });
        }

        DateOnly? next = null;
        foreach (TableGroup group in groups.InOrder().Where(group => group.Publishes >= spec.Minimum))
        {
            if (spec.IsSeries && group.Keys[0] is DateOnly day)
            {
                for (DateOnly empty = next ?? day; empty < day; empty = bucket.Next(empty))
                {
                    Add(table, TableGroup.Empty with { Keys = [empty] });
                }

                next = bucket.Next(day);
            }

            Add(table, group);
        }

        table.Arrange(spec.Sort?.Column, spec.Sort?.IsDescending is true, spec.Limit);
        return table;
    }

    private string? Note() => !spec.IsSeries ? spec.Note : bucket switch
    {
        TimeBucket.Week => "Weeks begin on Monday, UTC.",
        TimeBucket.Month => "Months are those of UTC.",
        _ => "Days are those of UTC.",
    };

    private void Add(ReportTable table, TableGroup group)
    {
        if (spec.Condition is null || CellOf(spec.Condition, group) is not 0L)
        {
            table.Add([.. group.Keys, .. spec.Measures.Select(measure => CellOf(measure, group))]);
        }
    }

    private object? CellOf(Measure measure, TableGroup group) => measure.Kind switch
    {
        MeasureKind.Publishes => group.Publishes,
        MeasureKind.Share => Tally.Ratio(group.Publishes, groups.Whole.Publishes),
        MeasureKind.Succeeded => group.Succeeded,
        MeasureKind.Failed => group.Failed,
        MeasureKind.FailureRate => Tally.Ratio(group.Failed, group.Finished),
        MeasureKind.FailureShare => Tally.Ratio(group.Failed, _failures),
        MeasureKind.Canceled => group.Canceled,
        MeasureKind.SuccessRate => group.SuccessRate,
        MeasureKind.Unfinished => spec.Dimensions.Count == 0 ? context.Publishes.Unfinished : group.Unfinished,
        MeasureKind.Users => group.Users,
        MeasureKind.Projects => group.Projects,
        MeasureKind.FirstDay => DayOf(group.First),
        MeasureKind.LastDay => DayOf(group.Last),
        MeasureKind.Having => group.Having[measure.Field!],
        MeasureKind.Percentile => group.Percentiles.GetValueOrDefault((measure.Field!, measure.Percent)),
        MeasureKind.Support => VersionIn(group) is { } version ? DotnetSupport.StateOf(version, context.Today) : null,
        MeasureKind.SupportEnds => VersionIn(group) is { } version ? DotnetSupport.EndOf(version) : null,
        _ => throw new InvalidOperationException($"{spec.Id} has an unknown measure {measure.Kind}."),
    };

    private static DateOnly? DayOf(DateTimeOffset? moment) => moment is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null;

    // Only tags of .NET base images name a version of .NET.
    private static string? VersionIn(TableGroup group) =>
        group.Keys is [string image, _] && !image.StartsWith(DerivedFields.DotnetImages, StringComparison.Ordinal) ? null : (string)group.Keys[^1]!;
}
