using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Where images are pulled from and pushed to: a row for each source, a column for each destination.</summary>
internal sealed class TransfersSection() : ReportSection(
    "transfers", OutcomeFields.RemotePullType, OutcomeFields.LocalPullType, OutcomeFields.RemotePushType, OutcomeFields.LocalPushType)
{
    public override IEnumerable<ReportTable> Build(ReportContext context)
    {
        RecordLayout layout = context.Publishes.Layout;
        Grouping grouping = Grouping.Of(context.Publishes, TransferPlace.PullKey(layout), TransferPlace.PushKey(layout));
        return [ToTable(grouping, TransferPlace.Pull(layout), TransferPlace.Push(layout))];
    }

    private ReportTable ToTable(Grouping grouping, TransferPlace pull, TransferPlace push)
    {
        long[] sources = BySize(grouping, key: 0, pull.TextOf);
        long[] destinations = BySize(grouping, key: 1, push.TextOf);
        Dictionary<(long, long), long> counts = grouping.Groups.ToDictionary(static group => (group.Keys[0], group.Keys[1]), static group => group.Tally.Publishes);

        var table = new ReportTable(
            Id,
            "From where to where",
            [
                new("PullType", "From \\ to", ColumnKind.Text),
                .. destinations.Select(destination => new ReportColumn(push.TextOf(destination), push.TextOf(destination), ColumnKind.Count)),
                new("All", "All", ColumnKind.Count),
            ]);
        foreach (long source in sources)
        {
            long[] row = [.. destinations.Select(destination => counts.GetValueOrDefault((source, destination)))];
            table.Add([pull.TextOf(source), .. row.Cast<object>(), row.Sum()]);
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
