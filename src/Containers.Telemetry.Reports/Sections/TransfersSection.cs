using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Where images are pulled from and pushed to: a row for each source, a column for each destination.</summary>
internal sealed class TransfersSection() : ReportSection("transfers", [ReportField.Of(DerivedField.PullType), ReportField.Of(DerivedField.PushType)])
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        RecordLayout layout = context.Publishes.Layout;
        GroupKey pull = GroupKey.Of(ReportField.Of(DerivedField.PullType), layout, TimeBucket.Day);
        GroupKey push = GroupKey.Of(ReportField.Of(DerivedField.PushType), layout, TimeBucket.Day);
        return [ToTable(Grouping.Of(context.Publishes, pull, push), key => (string)pull.CellOf(key)!, key => (string)push.CellOf(key)!)];
    }

    private ReportTable ToTable(Grouping grouping, Func<long, string> pull, Func<long, string> push)
    {
        long[] sources = BySize(grouping, key: 0, pull);
        long[] destinations = BySize(grouping, key: 1, push);
        Dictionary<(long, long), long> counts = grouping.Groups.ToDictionary(static group => (group.Keys[0], group.Keys[1]), static group => group.Tally.Publishes);

        var table = new ReportTable(
            Id,
            "Source and destination",
            [
                new("PullType", "From \\ to", ColumnKind.Text),
                .. destinations.Select(destination => new ReportColumn(push(destination), push(destination), ColumnKind.Count)),
                new("All", "All", ColumnKind.Count),
            ]);
        foreach (long source in sources)
        {
            long[] row = [.. destinations.Select(destination => counts.GetValueOrDefault((source, destination)))];
            table.Add([pull(source), .. row.Cast<object>(), row.Sum()]);
        }

        return table;
    }

    private static long[] BySize(Grouping grouping, int key, Func<long, string> text) =>
    [
        .. grouping.Groups
            .GroupBy(group => group.Keys[key], static group => group.Tally.Publishes)
            .OrderByDescending(static places => places.Sum())
            .ThenBy(places => text(places.Key), StringComparer.Ordinal)
            .Select(static places => places.Key),
    ];
}
