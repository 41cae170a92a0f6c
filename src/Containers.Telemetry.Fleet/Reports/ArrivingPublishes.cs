using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Publishes as they end, each once. Assembled from the events that have arrived, without waiting for <c>fleet assemble</c>.</summary>
public sealed class ArrivingPublishes(FleetConnection connection, ListQuery query)
{
    private readonly FleetArrivals _arrivals =
        new(connection, static key => key.PublishId, $"{PublishAssembly.Ends} AND {FleetSchema.Kind} != '{FleetEventKind.Usage}'");

    private ListQuery _query = query;

    /// <summary>The fields of the values of the last publishes that were returned. A publish may have a dimension that none before it had.</summary>
    public IReadOnlyList<ReportField> Fields => _query.Fields;

    /// <summary>Lists the last present publishes.</summary>
    public IReadOnlyList<PublishEntry> Begin(int last, DateTimeOffset now)
    {
        ListQuery ofLast = _query with { Last = last };
        IReadOnlyList<ArrivedKey> present = _arrivals.SkipPresent();
        IReadOnlyList<PublishEntry> assembled = FleetList.Read(connection, ofLast, now).Publishes;
        _arrivals.Skip(assembled.Where(static entry => entry.Outcome is "success" or "error" or "canceled").Select(static entry => entry.Id));
        IReadOnlyList<PublishEntry> recent = Read([.. present.TakeLast(ArrivedKey.Most)], ofLast, now);
        return [.. InOrder(recent.Concat(assembled).DistinctBy(static entry => entry.Id)).TakeLast(last)];
    }

    /// <summary>Returns the publishes that have ended since the last call, by their time.</summary>
    public IReadOnlyList<PublishEntry> Next(DateTimeOffset now) => _arrivals.Next(keys =>
    {
        _query = _query.WithDimensions(keys.Chunk(ArrivedKey.Most).SelectMany(some => FleetDimensions.FindIn(connection, RowsOf(some))));
        return Read(keys, _query with { Last = null }, now);
    });

    private IReadOnlyList<PublishEntry> Read(IReadOnlyList<ArrivedKey> keys, ListQuery asked, DateTimeOffset now) =>
        [.. InOrder(keys.Chunk(ArrivedKey.Most).SelectMany(some => FleetList.ReadEnded(connection, asked, RowsOf(some), now).Publishes))];

    private string RowsOf(ArrivedKey[] keys) => PublishAssembly.Rows(connection.Address.Database, ArrivedKey.IsOfPublishes(keys));

    private static IEnumerable<PublishEntry> InOrder(IEnumerable<PublishEntry> entries) =>
        entries.OrderBy(static entry => entry.Time).ThenBy(static entry => entry.Id.ToString(), StringComparer.Ordinal);
}
