using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Reads the events of a fleet one by one.</summary>
public static class FleetEvents
{
    private const int DigitsOfId = 32;
    private const string Unended = "unfinished";

    // So many ids are far from the longest query that ClickHouse takes by default, 256 KiB.
    private const int MostIds = 1000;

    private static readonly string Key = $"{FleetSchema.BeganDay}, {FleetSchema.PublishId}, {FleetSchema.EventId}";

    /// <summary>Returns the events of the publishes whose ids end in some digits, each once, by their time.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="digits">Hexadecimal digits without dashes, at most 32.</param>
    /// <exception cref="FleetException">There are more than fit into memory, the server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static IReadOnlyList<StoredEvent> OfPublishes(FleetConnection connection, string digits)
    {
        string isWanted = digits.Length == DigitsOfId ? EventRow.IsOf(Guid.ParseExact(digits, "N")) : $"endsWith(replaceAll(toString({FleetSchema.PublishId}), '-', ''), {SqlText.Text(digits)})";

        // An event without a publish is in the table under its own id.
        return Read(connection, $"{isWanted} AND {FleetSchema.PublishId} != {FleetSchema.EventId}", last: null);
    }

    /// <summary>Returns events, each once, by their time.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="since">Events of that moment or later; null for all.</param>
    /// <param name="outcome">Events that say this outcome, and for <c>unfinished</c> those of unfinished publishes, too; null for any.</param>
    /// <param name="last">How many, the latest of them; null for all.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="FleetException">There are more than fit into memory, the server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static IReadOnlyList<StoredEvent> Select(FleetConnection connection, DateTimeOffset? since, string? outcome, int? last, DateTimeOffset now)
    {
        string isOutcome = outcome is null ? "1" : $"Outcome = {SqlText.Text(outcome)}";
        string isWanted = outcome is Unended ? $"({isOutcome} OR {FleetSchema.PublishId} GLOBAL IN ({IdsOfUnfinished(connection, now)}))" : isOutcome;
        return Read(connection, $"{FleetSchema.TimeUnixNano} >= {SqlText.Number(UnixTime.Nanoseconds(since ?? DateTimeOffset.UnixEpoch))} AND {isWanted}", last);
    }

    /// <summary>Returns the publishes that nothing has ended and that are not running.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="among">The publishes that are asked for.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="FleetException">The server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    public static IReadOnlyList<Guid> Unfinished(FleetConnection connection, IReadOnlySet<Guid> among, DateTimeOffset now)
    {
        if (among.Count == 0)
        {
            return [];
        }

        string isAsked = among.Count > MostIds ? "1" : $"{FleetSchema.PublishId} IN ({string.Join(", ", among.Select(SqlText.Identifier))})";
        return [.. connection.Query($"{IdsOfUnfinished(connection, now)} AND {isAsked}").Select(static row => (Guid)row[0]!).Where(among.Contains)];
    }

    private static string IdsOfUnfinished(FleetConnection connection, DateTimeOffset now)
    {
        var queries = new FleetQueries(connection, now);
        return $"SELECT {FleetSchema.PublishId} FROM {queries.Rows} WHERE {FleetQueries.IsOpen} AND NOT {queries.IsRunning}";
    }

    // The server sorts keys alone, of which it keeps those that are wanted: whole rows of millions of events do not fit into its memory.
    // An event that was delivered twice is two rows until they are merged: FINAL gives its key once, and the rows of a key are one event.
    private static IReadOnlyList<StoredEvent> Read(FleetConnection connection, string condition, int? last)
    {
        string table = FleetSchema.Events.In(connection.Address.Database);
        int most = Math.Min(last ?? int.MaxValue, ReportReader.MaxPublishes + 1);
        return Read(connection, $"({Key}) GLOBAL IN (SELECT {Key} FROM {table} FINAL WHERE {condition} ORDER BY {FleetSchema.TimeUnixNano} DESC, toString({FleetSchema.EventId}) DESC LIMIT {SqlText.Number(most)})");
    }

    /// <summary>Returns the events of which a condition is true, each once, by their time.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="condition">The condition. The rows of a key are one event.</param>
    /// <exception cref="FleetException">There are more than fit into memory, the server cannot be reached, a shard does not answer, or the tables are not there.</exception>
    internal static IReadOnlyList<StoredEvent> Read(FleetConnection connection, string condition)
    {
        var found = new Dictionary<Guid, (long Nanoseconds, StoredEvent Event)>();
        connection.ReadAsync($"SELECT {StoredRow.Columns} FROM {FleetSchema.Events.In(connection.Address.Database)} WHERE {condition}", Add, CancellationToken.None).GetAwaiter().GetResult();
        return [.. found.OrderBy(static one => one.Value.Nanoseconds).ThenBy(static one => one.Key.ToString(), StringComparer.Ordinal).Select(static one => one.Value.Event)];

        void Add(object?[] row)
        {
            found[(Guid)row[0]!] = ((long)row[3]!, StoredRow.ToEvent(row));
            if (found.Count > ReportReader.MaxPublishes)
            {
                throw new FleetException(FleetProblem.Refused, "More events would have to travel than fit into memory. Name a later moment with --since, or a number with --last.");
            }
        }
    }
}
