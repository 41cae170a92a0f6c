using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Ingest;

/// <summary>An event as a row of the table of events.</summary>
internal static class EventRow
{
    private const long NanosecondsPerTick = 100;

    // Partitions are months. An id that names a time outside of these years is no reason for a partition of its own.
    private static readonly DateTime FirstDay = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime LastDay = new(2099, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    private static readonly IReadOnlyList<FleetColumn> Written =
        [.. FleetSchema.Events.Columns.Where(static column => column.Name != FleetSchema.IngestedAt && !column.Clauses.Contains("ALIAS", StringComparison.Ordinal))];

    /// <summary>The columns, in the order of the values.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Written.Select(static column => column.Name)];

    /// <summary>The types of the columns, so that the client does not have to ask.</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = Written.ToDictionary(static column => column.Name, static column => column.Type, StringComparer.Ordinal);

    /// <summary>Makes the row of an event; null for one without an id or a time, which cannot be counted once.</summary>
    public static object[]? Of(StoredEvent stored)
    {
        if (IdIn(stored, DetailFields.EventId) is not { } eventId || stored.Time <= DateTimeOffset.UnixEpoch)
        {
            return null;
        }

        Guid publishId = IdIn(stored, DetailFields.PublishId) ?? eventId;
        string kind = FleetEventKind.Of(stored.Event.Name);
        return [.. Written.Select(column => ValueOf(column, stored, eventId, publishId, kind))];
    }

    private static object ValueOf(FleetColumn column, StoredEvent stored, Guid eventId, Guid publishId, string kind) => column.Name switch
    {
        FleetSchema.EventId => eventId,
        FleetSchema.PublishId => publishId,
        FleetSchema.BeganDay => BeganDayOf(publishId),
        FleetSchema.Kind => kind,
        FleetSchema.TimeUnixNano => (stored.Time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick,
        FleetSchema.DimensionNames => stored.Event.Dimensions.Select(static dimension => dimension.Key).ToArray(),
        FleetSchema.DimensionValues => stored.Event.Dimensions.Select(static dimension => dimension.Value).ToArray(),
        _ => ValueOf(column.Field!, stored.Event.Find(column.Field!), kind),
    };

    private static object ValueOf(EventField field, object? value, string kind) => FleetColumn.Of(field).Type switch
    {
        FleetColumn.NumberType => value as long? ?? -1L,
        FleetColumn.TextsType => value as string[] ?? [],
        FleetColumn.IdentifierType => value is string text && Guid.TryParse(text, out Guid identifier) ? identifier : Guid.Empty,
        _ => value switch
        {
            string text => field.Kind is FieldKind.TargetFramework ? AttributeValue.Of(field, text) : text,
            true => "true",
            false => "false",
            _ => AbsentTextOf(field, kind),
        },
    };

    // A value for which the semantic convention has no name is written by leaving the attribute out, and an outcome is known by the event that it is in.
    private static string AbsentTextOf(EventField field, string kind)
    {
        if (field == DetailFields.Outcome && kind is (FleetEventKind.Success or FleetEventKind.Error))
        {
            return kind;
        }

        int unnamed = Array.IndexOf(field.AttributeValues, "");
        return unnamed < 0 ? "" : field.AllowedValues[unnamed];
    }

    private static DateTime BeganDayOf(Guid publishId)
    {
        DateTime began = UnfinishedPublish.BeganAt(publishId)?.UtcDateTime.Date ?? DateTime.UnixEpoch;
        return began < FirstDay || began > LastDay ? DateTime.UnixEpoch : began;
    }

    private static Guid? IdIn(StoredEvent stored, EventField field) =>
        stored.Event.Find(field) is string text && Guid.TryParseExact(text, "D", out Guid id) && id != Guid.Empty ? id : null;
}
