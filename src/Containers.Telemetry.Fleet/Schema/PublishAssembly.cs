using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>
/// Assembles publishes from events, by the rules of docs/event-format.md. It reads all events of a publish each time, so that repeated and concurrent
/// runs are safe: the row with the most events counts.
/// </summary>
internal static class PublishAssembly
{
    private const string IsInference = $"{FleetSchema.Kind} = '{FleetEventKind.Inference}'";

    /// <summary>The condition on the events that end a publish. An inference never does.</summary>
    public const string Ends = $"(EndsPublish = 'true' AND NOT {IsInference})";

    private const string Rank = "Rank";
    private const string Events = "Events";
    private const string LastTime = "LastTime";
    private const string Inferences = "Inferences";
    private const string OfInference = "Inference";

    // The beginning of the table's key, so that only these publishes are read.
    private const string Key = $"{FleetSchema.BeganDay}, {FleetSchema.PublishId}";

    // The earlier of two events counts, and of two at the same time the one with the lower id. ClickHouse orders UUIDs differently; their texts have
    // the right order.
    private const string EventText = $"toString({FleetSchema.EventId})";

    // Fields of every event come from the end of the publish, else from its inference, else from the first outcome of an image.
    private const string Precedence = $"multiIf({Ends}, 0, {IsInference}, 1, 2), {FleetSchema.TimeUnixNano}, {EventText}";

    private static readonly string Kinds = SqlText.Texts([FleetEventKind.Inference, FleetEventKind.Success, FleetEventKind.Error]);

    private static readonly EventField[] FieldsOfInference =
        [.. FleetSchema.Fields.Where(static field => ReportField.Of(field).Source is FieldSource.Inference)];

    /// <summary>The columns that it fills, and the expression of each.</summary>
    private static IReadOnlyList<(string Name, string Sql)> Columns { get; } =
    [
        (FleetSchema.PublishId, FleetSchema.PublishId),
        (FleetSchema.BeganDay, FleetSchema.BeganDay),
        (FleetSchema.EventCount, Events),
        (FleetSchema.Result, Result),
        (FleetSchema.TimeUnixNano, $"if({Ends}, {FleetSchema.TimeUnixNano}, {LastTime})"),
        .. FleetSchema.Fields.Select(static field => (FleetColumn.NameOf(field), ValueOf(field))),
        (FleetSchema.DimensionsText, FleetSchema.DimensionsText),
    ];

    private static string Result =>
        $"multiIf(NOT {Ends}, '{FleetResult.Unknown}', {FleetSchema.Kind} = '{FleetEventKind.Success}', '{FleetResult.Succeeded}', " +
        $"Outcome = 'canceled', '{FleetResult.Canceled}', Outcome = 'unfinished', '{FleetResult.Unfinished}', '{FleetResult.Failed}')";

    /// <summary>The start of a publish, from its id: the first 48 bits of a UUIDv7. -1 for an id of another kind.</summary>
    public static string BeganUnixMilli(string publishId) =>
        $"if(substring(toString({publishId}), 15, 1) = '7', " +
        $"toInt64(reinterpretAsUInt64(reverse(substring(UUIDStringToNum(toString({publishId})), 1, 6)))), toInt64(-1))";

    /// <summary>The statement that assembles the publishes with an event that arrived at a time or later.</summary>
    /// <param name="since">The time, by the clock of ClickHouse: Unix seconds.</param>
    public static string InsertSince(string database, long since)
    {
        string events = FleetSchema.Events.In(database);
        string names = string.Join(", ", Columns.Select(static column => column.Name));
        string touched = $"SELECT {Key} FROM {events} WHERE {FleetSchema.IngestedAt} >= toDateTime({SqlText.Number(since)})";
        string publishes = Select(Columns.Select(static column => column.Sql), events, $"({Key}) GLOBAL IN ({touched})");
        return $"INSERT INTO {FleetSchema.Publishes.In(database)} ({names})\n{publishes}";
    }

    /// <summary>The publishes of the events so far, as they follow <c>FROM</c>.</summary>
    /// <param name="condition">The condition on the events of the publishes.</param>
    public static string Rows(string database, string condition)
    {
        // Renamed first: otherwise a column with the name of another one's input would replace it there.
        IEnumerable<string> made = Columns.Select(static (column, i) => FormattableString.Invariant($"{column.Sql} AS Made{i}"));
        string names = string.Join(", ", Columns.Select(static (column, i) => FormattableString.Invariant($"Made{i} AS {column.Name}")));
        return $"(SELECT {names} FROM ({Select(made, FleetSchema.Events.In(database), condition)}))";
    }

    // The first event of each publish, by precedence, with the values of its other events. An aggregate for each column would take several times as long.
    private static string Select(IEnumerable<string> columns, string events, string condition)
    {
        string touched = $"{events} WHERE {FleetSchema.Kind} IN {Kinds} AND {condition}";
        string inferred = string.Concat(FieldsOfInference.Select(FleetColumn.NameOf).Select(static name =>
            $", argMinIf({name}, {Rank}, {IsInference}) AS {OfInference}{name}"));
        string figures =
            $"toUInt32(uniqExact({FleetSchema.EventId})) AS {Events}, max({FleetSchema.TimeUnixNano}) AS {LastTime}, " +
            $"countIf({IsInference}) AS {Inferences}";
        return $"""
            SELECT {string.Join(", ", columns)}
            FROM (SELECT * FROM {touched} ORDER BY {Key}, {Precedence} LIMIT 1 BY {Key}) AS first
            GLOBAL ANY INNER JOIN (
                SELECT {Key}, {figures}{inferred}
                FROM (SELECT *, concat(hex(toUInt64({FleetSchema.TimeUnixNano})), {EventText}) AS {Rank} FROM {touched})
                GROUP BY {Key}) AS every
            USING ({Key})
            """;
    }

    // Without an event ClickHouse returns an empty text, but a 0 for numbers.
    private static string ValueOf(EventField field) => (ReportField.Of(field).Source, ReportField.Of(field).Shape) switch
    {
        (FieldSource.Inference, FieldShape.Number) => $"if({Inferences} = 0, toInt64(-1), {OfInference}{FleetColumn.NameOf(field)})",
        (FieldSource.Inference, _) => OfInference + FleetColumn.NameOf(field),
        (FieldSource.Outcome, FieldShape.Number) => $"if({Ends}, {FleetColumn.NameOf(field)}, toInt64(-1))",
        (FieldSource.Outcome, FieldShape.Identifier or FieldShape.Identity) => $"if({Ends}, {FleetColumn.NameOf(field)}, {SqlText.NoIdentifier})",
        (FieldSource.Outcome, _) => $"if({Ends}, {FleetColumn.NameOf(field)}, '')",
        _ => FleetColumn.NameOf(field),
    };
}
