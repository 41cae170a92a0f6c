using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Aggregation;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Ingest;

/// <summary>An event as a row of the table of events.</summary>
internal static class EventRow
{
    private static readonly FleetColumn[] Written =
        [.. FleetSchema.Events.Columns.Where(static column => column.Name != FleetSchema.IngestedAt && !column.Clauses.Contains("ALIAS", StringComparison.Ordinal))];

    private static readonly Func<Parts, object>[] Cells = Array.ConvertAll(Written, CellOf);

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

        var parts = new Parts(stored, eventId, IdIn(stored, DetailFields.PublishId) ?? eventId, FleetEventKind.Of(stored.Event.Name));
        return Array.ConvertAll(Cells, cell => cell(parts));
    }

    /// <summary>The condition on the row of an event, by the key of the table.</summary>
    public static string IsIn(Guid publishId, Guid eventId) => $"{IsOf(publishId)} AND {FleetSchema.EventId} = {SqlText.Identifier(eventId)}";

    /// <summary>The condition on the rows of a publish, by the key of the table.</summary>
    public static string IsOf(Guid publishId) =>
        FormattableString.Invariant($"{FleetSchema.BeganDay} = toDate('{BeganDayOf(publishId):yyyy-MM-dd}') AND {FleetSchema.PublishId} = {SqlText.Identifier(publishId)}");

    private static Func<Parts, object> CellOf(FleetColumn column) => column.Name switch
    {
        FleetSchema.EventId => static parts => parts.EventId,
        FleetSchema.PublishId => static parts => parts.PublishId,
        FleetSchema.BeganDay => static parts => BeganDayOf(parts.PublishId),
        FleetSchema.Kind => static parts => parts.Kind,
        FleetSchema.TimeUnixNano => static parts => UnixTime.Nanoseconds(parts.Stored.Time),
        FleetSchema.DimensionNames => static parts => parts.Stored.Event.Dimensions.Select(static dimension => dimension.Key).ToArray(),
        FleetSchema.DimensionValues => static parts => parts.Stored.Event.Dimensions.Select(static dimension => dimension.Value).ToArray(),
        _ => CellOf(column.Field!, column.Type),
    };

    private static Func<Parts, object> CellOf(EventField field, string type) => type switch
    {
        FleetColumn.NumberType => parts => parts.Stored.Event.Find(field) as long? ?? -1L,
        FleetColumn.TextsType => parts => parts.Stored.Event.Find(field) as string[] ?? [],
        FleetColumn.IdentifierType => parts => parts.Stored.Event.Find(field) is string text && Guid.TryParse(text, out Guid identifier) ? identifier : Guid.Empty,
        _ => parts => parts.Stored.Event.Find(field) switch
        {
            string text => field.Kind is FieldKind.TargetFramework ? AttributeValue.Of(field, text) : text,
            true => "true",
            false => "false",
            _ => AbsentTextOf(field, parts.Kind),
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
        return began < FleetSchema.FirstDay || began > FleetSchema.LastDay ? DateTime.UnixEpoch : began;
    }

    private static Guid? IdIn(StoredEvent stored, EventField field) =>
        stored.Event.Find(field) is string text && Guid.TryParseExact(text, "D", out Guid id) && id != Guid.Empty ? id : null;

    /// <summary>What a row is made of.</summary>
    private sealed record Parts(StoredEvent Stored, Guid EventId, Guid PublishId, string Kind);
}
