using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>
/// The materialized view that copies our events from the table <c>otel_logs</c> of the Collector's ClickHouse exporter. The table is the Collector's,
/// and is never altered.
/// </summary>
internal static class OtelLogsView
{
    /// <summary>The exporter's default table.</summary>
    public const string SourceTable = "otel_logs";

    public const string Name = "container_events_from_otel_logs";

    /// <summary>
    /// The column with the name of an event. Exporters before the end of 2025 do not write it: then the name is in the attribute <c>event.name</c>.
    /// </summary>
    public const string EventNameColumn = "EventName";

    /// <summary>The beginning of the view's comment, which identifies the view as this tool's.</summary>
    public const string Mark = "containers-telemetry ";

    /// <summary>The comment of a view until the earlier events of the source are inserted.</summary>
    public const string Begun = Mark + "begun";

    // The Collector's transform processor can set it.
    private const string EventNameAttribute = "event.name";
    private const string MinReaderVersion = $"ScopeAttributes['{OtlpFormat.MinReaderVersionAttribute}']";

    // An agent may send any attribute. Invalid dimensions are left out, as in every reader of events.
    private static readonly string DimensionName = $"substring(name, {SqlText.Number(OtlpFormat.DimensionPrefix.Length + 1)})";
    private static readonly string DimensionKeys =
        $"arrayFilter(name -> startsWith(name, '{OtlpFormat.DimensionPrefix}') AND {DimensionText.IsName(DimensionName)} " +
        $"AND {DimensionText.IsValue("LogAttributes[name]")}, mapKeys(LogAttributes))";

    private static readonly string[] Columns =
    [
        FleetSchema.EventId, FleetSchema.PublishId, FleetSchema.BeganDay, FleetSchema.Kind, FleetSchema.TimeUnixNano,
        .. FleetSchema.Fields.Select(FleetColumn.NameOf), FleetSchema.DimensionsText,
    ];

    // Events of schema 1 have the SDK's names.
    private static readonly Dictionary<string, string> Names = EventNames.All
        .SelectMany(
            static name => (string[])[name, EventNames.ToOpenTelemetry(name)],
            static (name, written) => (Written: written, Kind: FleetEventKind.Of(name)))
        .ToDictionary(static one => one.Written, static one => one.Kind, StringComparer.Ordinal);

    /// <summary>
    /// The comment of the view after all statements have run: another comment is from another version of the tool, or for a source with other
    /// columns.
    /// </summary>
    public static string CommentFor(CollectorTable source) => Mark + StatementChecksum.Of(Select(StatementChecksum.AnyLayout, source));

    /// <summary>The statements that replace the view, and insert the earlier events of the source. Each may run again: a duplicate event counts once.</summary>
    /// <param name="layout">The place of the tables.</param>
    public static IEnumerable<string> Create(FleetLayout layout, CollectorTable source)
    {
        string database = SqlText.Name(layout.Database);
        string onCluster = layout.Cluster is null ? "" : $" ON CLUSTER {SqlText.Name(layout.Cluster)}";
        string events = FleetSchema.Events.In(layout.Database);
        string everywhere = layout.Cluster is null ? SourceOf(layout) : $"clusterAllReplicas({SqlText.Name(layout.Cluster)}, {database}, {SourceTable})";
        return
        [
            $"DROP VIEW IF EXISTS {database}.{Name}{onCluster}",
            $"CREATE MATERIALIZED VIEW IF NOT EXISTS {database}.{Name}{onCluster} TO {events} AS\n{Select(layout, source)}\nCOMMENT '{Begun}'",
            $"INSERT INTO {events} ({string.Join(", ", Columns)})\n{Select(everywhere, source)}",
            $"ALTER TABLE {database}.{Name}{onCluster} MODIFY COMMENT '{CommentFor(source)}'",
        ];
    }

    /// <summary>The query for the number of our rows without an event name.</summary>
    /// <param name="database">The database of a source without <see cref="EventNameColumn"/>.</param>
    public static string CountUnnamed(string database) =>
        $"SELECT toInt64(count()) FROM {SqlText.Name(database)}.{SourceTable} " +
        $"WHERE ScopeName = '{OtlpFormat.ScopeName}' AND LogAttributes['{EventNameAttribute}'] = ''";

    private static string SourceOf(FleetLayout layout) => $"{SqlText.Name(layout.Database)}.{SourceTable}";

    private static string Select(FleetLayout layout, CollectorTable source) => Select(SourceOf(layout), source);

    private static string Select(string from, CollectorTable source)
    {
        string eventName = source.HasEventName
            ? $"if({EventNameColumn} != '', {EventNameColumn}, LogAttributes['{EventNameAttribute}'])"
            : $"LogAttributes['{EventNameAttribute}']";
        IEnumerable<(string Name, string Sql)> values =
        [
            (FleetSchema.EventId, Uuid(LogAttribute(DetailFields.EventId))),
            (FleetSchema.PublishId, Uuid(FirstOf(LogAttribute(DetailFields.PublishId), LogAttribute(DetailFields.EventId)))),
            (FleetSchema.TimeUnixNano, "toUnixTimestamp64Nano(Timestamp)"),
            .. FleetSchema.Fields.Select(static field => (FleetColumn.NameOf(field), ValueOf(field))),
            (FleetSchema.DimensionsText, ListText.TextOf($"arrayMap(name -> {DimensionText.ElementOf(DimensionName, "LogAttributes[name]")}, DimensionKeys)")),
        ];
        string began = PublishAssembly.BeganUnixMilli(FleetSchema.PublishId);
        string first = SqlText.Number(Milliseconds(FleetSchema.FirstDay));
        string last = SqlText.Number(Milliseconds(FleetSchema.LastDay.AddDays(1)) - 1);
        string day = $"if({began} BETWEEN {first} AND {last}, toDate(intDiv({began}, 86400000)), toDate(0)) AS {FleetSchema.BeganDay}";
        string isReadable = $"toInt64OrDefault({MinReaderVersion}, toInt64(0)) <= {SqlText.Number(OtlpFormat.ReaderVersion)}";
        return $"WITH {eventName} AS EventOf, {DimensionKeys} AS DimensionKeys\n" +
            $"SELECT {string.Join(", ", Columns.Select(column => column == FleetSchema.BeganDay ? day : column))}\n" +
            $"FROM (\n    SELECT\n        {KindOf("EventOf")} AS {FleetSchema.Kind},\n" +
            $"        {string.Join(",\n        ", values.Select(static value => $"{value.Sql} AS {value.Name}"))}\n" +
            $"    FROM {from}\n" +
            $"    WHERE ScopeName = '{OtlpFormat.ScopeName}' AND EventOf IN {SqlText.Texts(Names.Keys)} AND {isReadable}\n)\n" +
            $"WHERE {FleetSchema.EventId} != {SqlText.NoIdentifier} AND {FleetSchema.TimeUnixNano} > 0";
    }

    private static string KindOf(string name) => SqlText.Transform(name, Names.Keys, Names.Values, "''");

    private static string LogAttribute(EventField field) => $"LogAttributes['{field.Attribute}']";

    // A value without a word in the semantic convention is in an attribute of ours. Schema 1 has its version in place of the package's.
    private static string Attribute(EventField field) =>
        field == DetailFields.SchemaVersion ? FirstOf($"ScopeAttributes['{field.Attribute}']", "ScopeVersion")
        : field.OwnAttribute is { } own ? FirstOf(AttributeOf(field, field.Attribute), AttributeOf(field, own))
        : AttributeOf(field, field.Attribute);

    private static string AttributeOf(EventField field, string name) => $"{(field.IsResource ? "ResourceAttributes" : "LogAttributes")}['{name}']";

    private static string FirstOf(string first, string second) => $"if({first} != '', {first}, {second})";

    private static string Uuid(string text) =>
        $"toUUIDOrZero(if(length({text}) = 32, concat(substring({text}, 1, 8), '-', substring({text}, 9, 4), '-', " +
        $"substring({text}, 13, 4), '-', substring({text}, 17, 4), '-', substring({text}, 21)), {text}))";

    private static string ValueOf(EventField field) => ReportField.Of(field).Shape switch
    {
        FieldShape.Number => $"toInt64OrDefault({Attribute(field)}, toInt64(-1))",
        FieldShape.Texts => ListText.TextOf(
            $"arrayFilter(text -> text != '' AND position(text, '{ListText.Separator}') = 0, JSONExtract({Attribute(field)}, 'Array(String)'))"),
        FieldShape.Identifier or FieldShape.Identity => Uuid(Attribute(field)),
        _ => TextOf(field),
    };

    // The names of the semantic conventions become those of the schema, as in every reader of events.
    private static string TextOf(EventField field)
    {
        string text = Attribute(field);
        if (field.AttributeValues.Length > 0)
        {
            text = SqlText.Transform(text, field.AttributeValues, field.AllowedValues, text);
        }

        return field == DetailFields.Outcome
            ? $"if({Attribute(field)} = '', multiIf({FleetSchema.Kind} = '{FleetEventKind.Success}', 'success', " +
                $"{FleetSchema.Kind} = '{FleetEventKind.Error}', 'error', ''), {text})"
            : text;
    }

    private static long Milliseconds(DateTime day) => new DateTimeOffset(day).ToUnixTimeMilliseconds();
}
