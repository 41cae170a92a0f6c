using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>
/// Makes publishes of events, by the rules of docs/event-format.md. It reads all events of a publish each time, so that it may run again, and at the same
/// time as another one: the row of more events counts.
/// </summary>
internal static class PublishAssembly
{
    private const string IsInference = $"{FleetSchema.Kind} = '{FleetEventKind.Inference}'";

    // What an inference says of the end of a publish is not believed.
    private const string Ends = $"(EndsPublish = 'true' AND NOT {IsInference})";
    private const string EventTime = "EventTime";
    private const string Rank = "Rank";

    // Of two events the earlier one counts, and of two at the same time the one with the lower id. ClickHouse has another order of UUIDs; that of their texts is right.
    // What every event of a publish carries is taken from its end, else from its inference, else from the first outcome of an image.
    private const string Precedence =
        $"concat(multiIf({Ends}, '0', {IsInference}, '1', '2'), hex(toUInt64({FleetSchema.TimeUnixNano})), toString({FleetSchema.EventId}))";

    private const string Outcome = $"argMinIf(Outcome, {Rank}, {Ends})";

    private static readonly string Kinds = SqlText.Texts([FleetEventKind.Inference, FleetEventKind.Success, FleetEventKind.Error]);

    /// <summary>The columns that it fills, and the expression of each.</summary>
    private static IReadOnlyList<(string Name, string Sql)> Columns { get; } =
    [
        (FleetSchema.PublishId, FleetSchema.PublishId),
        (FleetSchema.BeganDay, FleetSchema.BeganDay),
        (FleetSchema.BeganUnixMilli, BeganUnixMilli(FleetSchema.PublishId)),
        (FleetSchema.EventCount, $"toUInt32(uniqExact({FleetSchema.EventId}))"),
        (FleetSchema.Result, Result),
        (FleetSchema.TimeUnixNano, $"if(countIf({Ends}) > 0, minIf({EventTime}, {Ends}), max({EventTime}))"),
        (FleetSchema.LastEventUnixNano, $"max({EventTime})"),
        .. FleetSchema.Publishes.Columns.Where(static column => column.Field is not null).Select(static column => (column.Name, ValueOf(column.Field!))),
        (FleetSchema.DimensionNames, $"argMin({FleetSchema.DimensionNames}, {Rank})"),
        (FleetSchema.DimensionValues, $"argMin({FleetSchema.DimensionValues}, {Rank})"),
    ];

    private static string Result =>
        $"multiIf(countIf({Ends}) = 0, '', argMinIf({FleetSchema.Kind}, {Rank}, {Ends}) = '{FleetEventKind.Success}', '{FleetResult.Succeeded}', " +
        $"{Outcome} = 'canceled', '{FleetResult.Canceled}', {Outcome} = 'unfinished', '{FleetResult.Unfinished}', '{FleetResult.Failed}')";

    /// <summary>When a publish began, by its id: the first 48 bits of a UUIDv7. -1 for an id of another kind.</summary>
    public static string BeganUnixMilli(string publishId) =>
        $"if(substring(toString({publishId}), 15, 1) = '7', toInt64(reinterpretAsUInt64(reverse(substring(UUIDStringToNum(toString({publishId})), 1, 6)))), toInt64(-1))";

    /// <summary>The statement that makes the publishes of which an event arrived at a time or later.</summary>
    /// <param name="database">The database.</param>
    /// <param name="since">The time, by the clock of ClickHouse: Unix seconds.</param>
    public static string InsertSince(string database, long since)
    {
        string events = FleetSchema.Events.In(database);
        string names = string.Join(", ", Columns.Select(static column => column.Name));
        string touched = $"SELECT {FleetSchema.PublishId} FROM {events} WHERE {FleetSchema.IngestedAt} >= toDateTime({SqlText.Number(since)})";
        return $"INSERT INTO {FleetSchema.Publishes.In(database)} ({names})\n{Select(events, $"{FleetSchema.PublishId} GLOBAL IN ({touched})")}";
    }

    private static string Select(string events, string condition) =>
        $"SELECT\n    {string.Join(",\n    ", Columns.Select(static column => column.Sql))}\n" +
        $"FROM (SELECT *, {FleetSchema.TimeUnixNano} AS {EventTime}, {Precedence} AS {Rank} FROM {events} WHERE {FleetSchema.Kind} IN {Kinds} AND {condition})\n" +
        $"GROUP BY {FleetSchema.BeganDay}, {FleetSchema.PublishId}";

    private static string ValueOf(EventField field) => ReportField.Of(field).Source switch
    {
        FieldSource.Inference => ValueIf(field, IsInference),
        FieldSource.Outcome => ValueIf(field, Ends),
        _ => $"argMin({field.Name}, {Rank})",
    };

    // Of no event ClickHouse makes an empty text, but a 0.
    private static string ValueIf(EventField field, string condition)
    {
        string value = $"argMinIf({field.Name}, {Rank}, {condition})";
        return ReportField.Of(field).Shape is FieldShape.Number ? $"if(countIf({condition}) = 0, toInt64(-1), {value})" : value;
    }
}
