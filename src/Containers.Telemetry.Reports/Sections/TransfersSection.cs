using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Sections;

/// <summary>Where images are pulled from and pushed to: one row per source, one column per destination.</summary>
internal sealed class TransfersSection() : ReportSection("transfers", [ReportField.Of(DerivedField.PullType), ReportField.Of(DerivedField.PushType)])
{
    private readonly TableSpec _spec = new()
    {
        Dimensions = [ReportField.Of(DerivedField.PullType), ReportField.Of(DerivedField.PushType)],
        Measures = [Measure.Publishes],
    };

    public override IEnumerable<ReportTable> Build(ReportContext context) => [ToTable(context.Publishes.Group(_spec, TimeBucket.Day).Groups)];

    private ReportTable ToTable(IReadOnlyList<TableGroup> groups)
    {
        string[] sources = BySize(groups, key: 0);
        string[] destinations = BySize(groups, key: 1);
        Dictionary<(string, string), long> counts = groups.ToDictionary(
            static group => ((string)group.Keys[0]!, (string)group.Keys[1]!), static group => group.Publishes);

        var table = new ReportTable(
            Id,
            "Source and destination",
            [
                new("PullType", "From \\ to", ColumnKind.Text),
                .. destinations.Select(static destination => new ReportColumn(destination, destination, ColumnKind.Count)),
                new("All", "All", ColumnKind.Count),
            ]);
        foreach (string source in sources)
        {
            long[] row = [.. destinations.Select(destination => counts.GetValueOrDefault((source, destination)))];
            table.Add([source, .. row.Cast<object>(), row.Sum()]);
        }

        return table;
    }

    private static string[] BySize(IReadOnlyList<TableGroup> groups, int key) =>
    [
        .. groups
            .GroupBy(group => (string)group.Keys[key]!, static group => group.Publishes, StringComparer.Ordinal)
            .OrderByDescending(static places => places.Sum())
            .ThenBy(static places => places.Key, StringComparer.Ordinal)
            .Select(static places => places.Key),
    ];
}
