using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Finds the events that have arrived in the table since the last call. Found items are remembered by id, and not found again.</summary>
/// <param name="identityOf">Returns the id of an item, which is found once.</param>
internal sealed class FleetArrivals(FleetConnection connection, Func<ArrivedKey, Guid> identityOf, string condition)
{
    // A row has the time at which its insertion began, by the clock of its server, but is visible only after the insertion.
    private static readonly TimeSpan LongestInsertion = TimeSpan.FromMinutes(2);

    private readonly HashSet<Guid> _found = [];
    private long? _since;

    /// <returns>The events of the last minutes, by their time.</returns>
    public IReadOnlyList<ArrivedKey> SkipPresent() => Next(static keys => keys);

    public void Skip(IEnumerable<Guid> identities) => _found.UnionWith(identities);

    /// <summary>Returns the items that have arrived since the last call.</summary>
    /// <param name="read">Reads the events, by their time. If it fails, they are found again.</param>
    public IReadOnlyList<T> Next<T>(Func<IReadOnlyList<ArrivedKey>, IReadOnlyList<T>> read)
    {
        long now = (long)connection.Query(SqlText.UnixNow)[0][0]!;
        ArrivedKey[] keys = [.. Since(_since ?? now).Where(key => !_found.Contains(identityOf(key))).DistinctBy(identityOf).OrderBy(static key => key.Time)];
        IReadOnlyList<T> found = read(keys);
        Skip(keys.Select(identityOf));
        _since = now;
        return found;
    }

    private IEnumerable<ArrivedKey> Since(long seconds)
    {
        string first = SqlText.Number(Math.Max(0, seconds - (long)LongestInsertion.TotalSeconds));
        string sql = $"""
            SELECT DISTINCT toString({FleetSchema.BeganDay}), {FleetSchema.PublishId}, {FleetSchema.EventId}, {FleetSchema.TimeUnixNano}
            FROM {FleetSchema.Events.In(connection.Address.Database)} WHERE {FleetSchema.IngestedAt} >= toDateTime({first}) AND {condition}
            """;
        return connection.Query(sql).Select(static row => new ArrivedKey((string)row[0]!, (Guid)row[1]!, (Guid)row[2]!, (long)row[3]!));
    }
}
