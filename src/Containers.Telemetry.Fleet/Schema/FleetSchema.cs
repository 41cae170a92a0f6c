using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>The tables of a fleet: one of events, as they arrive, and one of publishes, which are assembled from the events. See docs/fleet.md.</summary>
internal static class FleetSchema
{
    /// <summary>The identifier of an event or of a publish.</summary>
    public const string EventId = "EventId";

    /// <summary>The identifier of the publish. An event without one counts as a separate publish.</summary>
    public const string PublishId = "PublishId";

    /// <summary>The kind of the event: <see cref="FleetEventKind"/>.</summary>
    public const string Kind = "Kind";

    /// <summary>The time of the event, or the end of the publish, or the time of its latest event if it has not ended. Unix nanoseconds, UTC.</summary>
    public const string TimeUnixNano = "TimeUnixNano";

    /// <summary>The same time as a DateTime, for people and dashboards.</summary>
    public const string Time = "Time";

    /// <summary>
    /// The day on which the publish began, by its id; 1970-01-01 if the id has no time. The same in all events of a publish, so it partitions tables.
    /// </summary>
    public const string BeganDay = "BeganDay";

    /// <summary>The dimensions of the organization: <see cref="DimensionText"/>.</summary>
    public const string DimensionsText = "DimensionsText";

    /// <summary>The time at which ClickHouse received the event.</summary>
    public const string IngestedAt = "IngestedAt";

    /// <summary>Number of different events of the publish. The row with the most events counts.</summary>
    public const string EventCount = "EventCount";

    /// <summary>The outcome of the publish: <see cref="FleetResult"/>.</summary>
    public const string Result = "Result";

    // Partitions are months. An id with a time outside of these years does not get a separate partition.

    /// <summary>The first <see cref="BeganDay"/> of a publish.</summary>
    public static readonly DateTime FirstDay = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The last <see cref="BeganDay"/> of a publish.</summary>
    public static readonly DateTime LastDay = new(2099, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    private const string ByMonth = "toYYYYMM(" + BeganDay + ")";

    // A publish whose id has no time is also deleted after its retention.
    private const string RetainedDay = "if(" + BeganDay + " = toDate(0), toDate(toUInt16(intDiv(" + TimeUnixNano + ", 86400000000000))), " + BeganDay + ")";

    private const string TimeCodec = " CODEC(Delta, ZSTD(1))";
    private const string TimeIndex = "INDEX TimeRange " + TimeUnixNano + " TYPE minmax GRANULARITY 4";
    private const string IngestedIndex = "INDEX IngestedRange " + IngestedAt + " TYPE minmax GRANULARITY 4";
    private const string ShardByPublish = "cityHash64(toString(" + PublishId + "))";

    private static readonly string DimensionElements = ListText.ArrayOf(DimensionsText);

    // Separate columns have these.
    private static readonly EventField[] ApartFields = [DetailFields.EventId, DetailFields.PublishId, DetailFields.Time];

    /// <summary>The fields of the schema that have a column in both tables.</summary>
    public static IReadOnlyList<EventField> Fields { get; } = [.. EventSchema.Fields.Except(ApartFields)];

    /// <summary>The events, each counted once, however often it was delivered.</summary>
    public static FleetTable Events { get; } = new(
        "container_events",
        [
            Identifier(EventId),
            Identifier(PublishId),
            new(BeganDay, FleetColumn.DayType) { Clauses = FleetColumn.TextCodec },
            FleetColumn.Text(Kind),
            new(TimeUnixNano, FleetColumn.NumberType) { Clauses = TimeCodec },
            new(IngestedAt, "DateTime") { Clauses = " DEFAULT now()" + TimeCodec },
            .. FieldsAndDimensions(),
        ],
        Version: null,
        OrderBy: $"({BeganDay}, {PublishId}, {EventId})",
        PartitionBy: ByMonth)
    {
        Indexes = [IngestedIndex],
        ShardBy = ShardByPublish,
        RetainBy = RetainedDay,
    };

    /// <summary>The publishes, assembled from the events that have arrived so far.</summary>
    public static FleetTable Publishes { get; } = new(
        "container_publishes",
        [
            Identifier(PublishId),
            new(BeganDay, FleetColumn.DayType) { Clauses = FleetColumn.TextCodec },
            new(EventCount, "UInt32") { Clauses = FleetColumn.NumberCodec },
            FleetColumn.Text(Result),
            new(TimeUnixNano, FleetColumn.NumberType) { Clauses = TimeCodec },
            .. FieldsAndDimensions(),
        ],
        Version: EventCount,
        OrderBy: $"({BeganDay}, {PublishId})",
        PartitionBy: ByMonth)
    {
        Indexes = [TimeIndex],
        ShardBy = ShardByPublish,
        RetainBy = RetainedDay,
    };

    /// <summary>The migrations that were begun and completed.</summary>
    public static FleetTable Migrations { get; } = new(
        "container_fleet_migrations",
        [new("Version", "UInt32"), new("State", "String"), new("Checksum", "String"), new("At", "DateTime") { Clauses = " DEFAULT now()" }],
        Version: null,
        OrderBy: "(Version, State)",
        PartitionBy: null);

    /// <summary>All tables of data.</summary>
    public static IReadOnlyList<FleetTable> Tables { get; } = [Events, Publishes];

    // Nearly random data does not compress well at any level.
    private static FleetColumn Identifier(string name) => new(name, FleetColumn.IdentifierType) { Clauses = FleetColumn.TextCodec };

    private static IEnumerable<FleetColumn> FieldsAndDimensions() =>
    [
        .. Fields.Select(FleetColumn.Of),
        FleetColumn.Text(DimensionsText),
        .. FleetColumn.Arrays(Fields),
        FleetColumn.AliasOf(
            "Dimensions",
            "Map(String, String)",
            $"CAST((arrayMap(element -> {DimensionText.NameIn("element")}, {DimensionElements}), " +
            $"arrayMap(element -> {DimensionText.ValueIn("element")}, {DimensionElements})), 'Map(String, String)')"),
        FleetColumn.AliasOf(Time, "DateTime('UTC')", $"toDateTime(intDiv({TimeUnixNano}, 1000000000), 'UTC')"),
    ];
}
