using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>Reads the events of a fleet one by one.</summary>
public static class FleetEvents
{
    private const int DigitsOfId = 32;

    private static readonly string Key = $"{FleetSchema.BeganDay}, {FleetSchema.PublishId}, {FleetSchema.EventId}";

    /// <summary>Returns the events of the publishes whose ids end in some digits, each once, by their time.</summary>
    /// <param name="digits">Hexadecimal digits without dashes, at most 32.</param>
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    public static IReadOnlyList<StoredEvent> OfPublishes(FleetConnection connection, string digits)
    {
        string isWanted = digits.Length == DigitsOfId
            ? EventRow.IsOf(Guid.ParseExact(digits, "N"))
            : $"endsWith(replaceAll(toString({FleetSchema.PublishId}), '-', ''), {SqlText.Text(digits)})";

        // In the table, an event without a publish has its own id as the publish's.
        return Read(connection, $"{isWanted} AND {FleetSchema.PublishId} != {FleetSchema.EventId}", last: null);
    }

    /// <summary>Returns events, each once, by their time.</summary>
    /// <param name="since">Events of that moment or later; null for all.</param>
    /// <param name="outcome">Events with this outcome, and for <c>unfinished</c> also those of unfinished publishes; null for any.</param>
    /// <param name="last">The maximum number, the latest ones; null for all.</param>
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    public static IReadOnlyList<StoredEvent> Select(FleetConnection connection, DateTimeOffset? since, string? outcome, int? last, DateTimeOffset now)
    {
        string isOutcome = outcome is null ? "1" : $"Outcome = {SqlText.Text(outcome)}";
        string isWanted = outcome is ReportField.Unfinished ? $"({isOutcome} OR {FleetSchema.PublishId} GLOBAL IN ({IdsOfUnfinished(connection, now)}))" : isOutcome;
        string from = SqlText.Number(UnixTime.Nanoseconds(since ?? DateTimeOffset.UnixEpoch));
        return Read(connection, $"{FleetSchema.TimeUnixNano} >= {from} AND {isWanted}", last);
    }

    /// <summary>Returns the unfinished publishes, without running ones.</summary>
    /// <param name="among">The publishes to check.</param>
    public static IReadOnlyList<Guid> Unfinished(FleetConnection connection, IReadOnlySet<Guid> among, DateTimeOffset now)
    {
        if (among.Count == 0)
        {
            return [];
        }

        string isAsked = among.Count > ArrivedKey.Most ? "1" : $"{FleetSchema.PublishId} IN ({string.Join(", ", among.Select(SqlText.Identifier))})";
        return [.. connection.Query($"{IdsOfUnfinished(connection, now)} AND {isAsked}").Select(static row => (Guid)row[0]!).Where(among.Contains)];
    }

    private static string IdsOfUnfinished(FleetConnection connection, DateTimeOffset now)
    {
        var queries = new FleetQueries(connection, now);
        return $"SELECT {FleetSchema.PublishId} FROM {queries.Rows} WHERE {FleetQueries.IsOpen} AND NOT {queries.IsRunning}";
    }

    // The server sorts only keys, and keeps the selected ones: whole rows of millions of events do not fit into its memory.
    // A duplicate event is two rows until they are merged: FINAL returns its key once, and the rows of a key are one event.
    private static IReadOnlyList<StoredEvent> Read(FleetConnection connection, string condition, int? last)
    {
        string table = FleetSchema.Events.In(connection.Address.Database);
        int most = Math.Min(last ?? int.MaxValue, ReportReader.MaxPublishes + 1);
        string keys =
            $"SELECT {Key} FROM {table} FINAL WHERE {condition} " +
            $"ORDER BY {FleetSchema.TimeUnixNano} DESC, toString({FleetSchema.EventId}) DESC LIMIT {SqlText.Number(most)}";
        return Read(connection, $"({Key}) GLOBAL IN ({keys})");
    }

    /// <summary>Returns the events that meet a condition, each once, by their time.</summary>
    /// <param name="condition">The condition. The rows of a key are one event.</param>
    /// <exception cref="FleetException">They do not fit into memory.</exception>
    internal static IReadOnlyList<StoredEvent> Read(FleetConnection connection, string condition)
    {
        var found = new Dictionary<Guid, (long Nanoseconds, StoredEvent Event)>();
        string sql = $"SELECT {StoredRow.Columns} FROM {FleetSchema.Events.In(connection.Address.Database)} WHERE {condition}";
        connection.ReadAsync(sql, Add, CancellationToken.None).GetAwaiter().GetResult();
        return
        [
            .. found.OrderBy(static one => one.Value.Nanoseconds)
                .ThenBy(static one => one.Key.ToString(), StringComparer.Ordinal)
                .Select(static one => one.Value.Event),
        ];

        void Add(object?[] row)
        {
            found[(Guid)row[0]!] = ((long)row[3]!, StoredRow.ToEvent(row));
            if (found.Count > ReportReader.MaxPublishes)
            {
                throw new FleetException(
                    FleetProblem.Refused,
                    "There are more events than fit into memory. Choose a later moment with --since, or a number with --last.");
            }
        }
    }
}
