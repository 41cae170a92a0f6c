using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Reads the events of a fleet one by one.</summary>
public static class FleetEvents
{
    private const int DigitsOfId = 32;

    /// <summary>Returns the events of the publishes whose ids end in some digits, each once, by their time.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="digits">Hexadecimal digits without dashes, at most 32.</param>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static IReadOnlyList<StoredEvent> OfPublishes(FleetConnection connection, string digits)
    {
        string isWanted = digits.Length == DigitsOfId ? EventRow.IsOf(Guid.ParseExact(digits, "N")) : $"endsWith(replaceAll(toString({FleetSchema.PublishId}), '-', ''), {SqlText.Text(digits)})";

        // An event without a publish is in the table under its own id.
        return Read(connection, $"{isWanted} AND {FleetSchema.PublishId} != {FleetSchema.EventId}", last: null);
    }

    /// <summary>Returns events, each once, by their time.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="since">Events of that moment or later; null for all.</param>
    /// <param name="outcome">Events that say this outcome; null for any.</param>
    /// <param name="publishes">Events of these publishes, too; null for none.</param>
    /// <param name="last">How many, the latest of them; null for all.</param>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static IReadOnlyList<StoredEvent> Select(FleetConnection connection, DateTimeOffset? since, string? outcome, IReadOnlyCollection<Guid>? publishes, int? last)
    {
        string isOutcome = outcome is null ? "1" : $"Outcome = {SqlText.Text(outcome)}";
        string isWanted = publishes is { Count: > 0 } ? $"({isOutcome} OR {IsAmong(publishes)})" : isOutcome;
        return Read(connection, $"{FleetSchema.TimeUnixNano} >= {SqlText.Number(UnixTime.Nanoseconds(since ?? DateTimeOffset.UnixEpoch))} AND {isWanted}", last);
    }

    /// <summary>Returns the publishes that nothing has ended and that are not running.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="among">The publishes that are asked for; null for all.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static IReadOnlyList<Guid> Unfinished(FleetConnection connection, IReadOnlyCollection<Guid>? among, DateTimeOffset now)
    {
        if (among is { Count: 0 })
        {
            return [];
        }

        var queries = new FleetQueries(connection, now);
        string isAsked = among is null ? "1" : IsAmong(among);
        string sql = $"SELECT {FleetSchema.PublishId} FROM {queries.Table} FINAL WHERE {FleetQueries.IsOpen} AND {isAsked} AND NOT {queries.IsRunning}";
        return [.. connection.Query(sql).Select(static row => (Guid)row[0]!)];
    }

    private static string IsAmong(IEnumerable<Guid> publishes) => $"{FleetSchema.PublishId} IN ({string.Join(", ", publishes.Select(SqlText.Identifier))})";

    // An event that was delivered twice is two rows until they are merged.
    private static IReadOnlyList<StoredEvent> Read(FleetConnection connection, string condition, int? last)
    {
        string limit = last is { } count ? $" LIMIT {SqlText.Number(count)}" : "";
        string sql = $"SELECT {StoredRow.Columns} FROM {FleetSchema.Events.In(connection.Address.Database)} WHERE {condition} ORDER BY {FleetSchema.TimeUnixNano} DESC, toString({FleetSchema.EventId}) DESC LIMIT 1 BY {FleetSchema.EventId}{limit}";
        return [.. connection.Query(sql).Select(StoredRow.ToEvent).Reverse()];
    }
}
