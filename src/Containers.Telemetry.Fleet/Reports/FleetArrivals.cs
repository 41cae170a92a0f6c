using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Finds what has arrived in the table of events since the last time. What was found is known by its id, and not found again.</summary>
/// <param name="connection">The database.</param>
/// <param name="identityOf">Returns the id by which it is found once.</param>
/// <param name="condition">The condition on the events.</param>
internal sealed class FleetArrivals(FleetConnection connection, Func<ArrivedKey, Guid> identityOf, string condition)
{
    // A row says when its insertion began. It is seen when that has ended, on each server of a cluster by a clock of its own.
    private static readonly TimeSpan LongestInsertion = TimeSpan.FromMinutes(2);

    private readonly HashSet<Guid> _found = [];
    private long? _since;

    /// <summary>Passes over what is there.</summary>
    /// <returns>What has arrived in the last minutes, by its time.</returns>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public IReadOnlyList<ArrivedKey> SkipPresent() => Next(static keys => keys);

    /// <summary>Counts something as found.</summary>
    public void Skip(IEnumerable<Guid> identities) => _found.UnionWith(identities);

    /// <summary>Finds what has arrived since the last time.</summary>
    /// <param name="read">Reads it, by its time. What it fails for is found again.</param>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
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
