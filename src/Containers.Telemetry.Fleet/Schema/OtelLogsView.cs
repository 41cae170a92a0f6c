using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>
/// The materialized view that takes our events out of the table <c>otel_logs</c> of the Collector's ClickHouse exporter. The table is the Collector's, and is never altered.
/// </summary>
internal static class OtelLogsView
{
    /// <summary>The table that the exporter writes, unless it is told otherwise.</summary>
    public const string SourceTable = "otel_logs";

    /// <summary>The name of the view.</summary>
    public const string Name = "container_events_from_otel_logs";

    private const string EventNameColumn = "EventName";
    private static readonly string[] NeededColumns = ["Timestamp", "ScopeName", "ScopeVersion", "ScopeAttributes", "ResourceAttributes", "LogAttributes"];

    private const string MinReaderVersion = $"ScopeAttributes['{OtlpFormat.MinReaderVersionAttribute}']";

    // Events of schema 1 have the names that the SDK has.
    private static readonly Dictionary<string, string> Names = EventNames.All
        .SelectMany(static name => (string[])[name, EventNames.ToOpenTelemetry(name)], static (name, written) => (Written: written, Kind: FleetEventKind.Of(name)))
        .ToDictionary(static one => one.Written, static one => one.Kind, StringComparer.Ordinal);

    /// <summary>Returns what a table lacks to be the source; empty when it lacks nothing.</summary>
    public static IReadOnlyList<string> MissingColumns(IReadOnlyCollection<string> columns) => [.. NeededColumns.Where(name => !columns.Contains(name))];

    /// <summary>The statement that makes the view.</summary>
    /// <param name="layout">Where the tables are.</param>
    /// <param name="columns">The columns of the source. Exporters before the end of 2025 write no <c>EventName</c>: the event is then known by the attribute <c>event.name</c>, which the Collector's transform processor can set.</param>
    public static string Create(FleetLayout layout, IReadOnlyCollection<string> columns)
    {
        string database = SqlText.Name(layout.Database);
        string eventName = columns.Contains(EventNameColumn)
            ? $"if({EventNameColumn} != '', {EventNameColumn}, LogAttributes['event.name'])"
            : "LogAttributes['event.name']";
        IEnumerable<(string Name, string Sql)> values =
        [
            (FleetSchema.EventId, Uuid(LogAttribute(DetailFields.EventId))),
            (FleetSchema.PublishId, Uuid($"if({LogAttribute(DetailFields.PublishId)} != '', {LogAttribute(DetailFields.PublishId)}, {LogAttribute(DetailFields.EventId)})")),
            (FleetSchema.TimeUnixNano, "toUnixTimestamp64Nano(Timestamp)"),
            .. FleetSchema.Fields.Select(static field => (field.Name, ValueOf(field))),
            (FleetSchema.DimensionNames, "arrayMap(name -> substring(name, " + SqlText.Number(OtlpFormat.DimensionPrefix.Length + 1) + "), DimensionKeys)"),
            (FleetSchema.DimensionValues, "arrayMap(name -> LogAttributes[name], DimensionKeys)"),
        ];
        string began = PublishAssembly.BeganUnixMilli(FleetSchema.PublishId);
        string day = $"if({began} BETWEEN {SqlText.Number(Milliseconds(2020))} AND {SqlText.Number(Milliseconds(2100) - 1)}, toDate(intDiv({began}, 86400000)), toDate(0))";
        return $"CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.{Name} TO {database}.{FleetSchema.Events.Name} AS\n" +
            $"WITH {eventName} AS EventOf, arrayFilter(name -> startsWith(name, '{OtlpFormat.DimensionPrefix}'), mapKeys(LogAttributes)) AS DimensionKeys\n" +
            $"SELECT {FleetSchema.EventId}, {FleetSchema.PublishId}, {day} AS {FleetSchema.BeganDay}, {FleetSchema.Kind}, {FleetSchema.TimeUnixNano}, {FieldNames()}\n" +
            $"FROM (\n    SELECT\n        {KindOf("EventOf")} AS {FleetSchema.Kind},\n        {string.Join(",\n        ", values.Select(static value => $"{value.Sql} AS {value.Name}"))}\n" +
            $"    FROM {database}.{SourceTable}\n    WHERE ScopeName = '{OtlpFormat.ScopeName}' AND EventOf IN {SqlText.Texts(Names.Keys)} AND toInt64OrDefault({MinReaderVersion}, toInt64(0)) <= {SqlText.Number(OtlpFormat.ReaderVersion)}\n)\n" +
            $"WHERE {FleetSchema.EventId} != toUUID('00000000-0000-0000-0000-000000000000') AND {FleetSchema.TimeUnixNano} > 0";
    }

    private static string FieldNames() => string.Join(", ", FleetSchema.Fields.Select(static field => field.Name).Append(FleetSchema.DimensionNames).Append(FleetSchema.DimensionValues));

    private static string KindOf(string name) =>
        "transform(" + name + ", [" + string.Join(", ", Names.Keys.Select(SqlText.Text)) + "], [" + string.Join(", ", Names.Values.Select(SqlText.Text)) + "], '')";

    private static string LogAttribute(EventField field) => $"LogAttributes['{field.Attribute}']";

    // A value that the semantic convention has no word for is in an attribute of ours. Schema 1 has its version in the place of the package's.
    private static string Attribute(EventField field) =>
        field == DetailFields.SchemaVersion ? FirstOf($"ScopeAttributes['{field.Attribute}']", "ScopeVersion")
        : field.OwnAttribute is { } own ? FirstOf(AttributeOf(field, field.Attribute), AttributeOf(field, own))
        : AttributeOf(field, field.Attribute);

    private static string AttributeOf(EventField field, string name) => $"{(field.IsResource ? "ResourceAttributes" : "LogAttributes")}['{name}']";

    private static string FirstOf(string first, string second) => $"if({first} != '', {first}, {second})";

    private static string Uuid(string text) =>
        $"toUUIDOrZero(if(length({text}) = 32, concat(substring({text}, 1, 8), '-', substring({text}, 9, 4), '-', substring({text}, 13, 4), '-', substring({text}, 17, 4), '-', substring({text}, 21)), {text}))";

    private static string ValueOf(EventField field) => ReportField.Of(field).Shape switch
    {
        FieldShape.Number => $"toInt64OrDefault({Attribute(field)}, toInt64(-1))",
        FieldShape.Texts => $"JSONExtract({Attribute(field)}, 'Array(String)')",
        FieldShape.Identifier or FieldShape.Identity => Uuid(Attribute(field)),
        _ => TextOf(field),
    };

    // The names of the semantic conventions become those of the schema, as every reader of events has it.
    private static string TextOf(EventField field)
    {
        string text = Attribute(field);
        if (field.AttributeValues.Length > 0)
        {
            text = $"transform({text}, [{string.Join(", ", field.AttributeValues.Select(SqlText.Text))}], [{string.Join(", ", field.AllowedValues.Select(SqlText.Text))}], {text})";
        }

        return field == DetailFields.Outcome
            ? $"if({Attribute(field)} = '', multiIf({FleetSchema.Kind} = '{FleetEventKind.Success}', 'success', {FleetSchema.Kind} = '{FleetEventKind.Error}', 'error', ''), {text})"
            : text;
    }

    private static long Milliseconds(int year) => new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
