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
        [.. FleetSchema.Events.Columns.Where(static column => column.Name != FleetSchema.IngestedAt && column.IsStored)];

    private static readonly Dictionary<string, object[]> Templates =
        new[] { FleetEventKind.Inference, FleetEventKind.Success, FleetEventKind.Error, FleetEventKind.Usage }
            .ToDictionary(static kind => kind, TemplateOf, StringComparer.Ordinal);
    private static readonly Dictionary<EventField, int> PlacesOfFields = Enumerable.Range(0, Written.Length)
        .Where(static place => Written[place].Field is not null).ToDictionary(static place => Written[place].Field!);

    private static readonly int EventIdPlace = PlaceOf(FleetSchema.EventId);
    private static readonly int PublishIdPlace = PlaceOf(FleetSchema.PublishId);
    private static readonly int BeganDayPlace = PlaceOf(FleetSchema.BeganDay);
    private static readonly int TimePlace = PlaceOf(FleetSchema.TimeUnixNano);
    private static readonly int DimensionsPlace = PlaceOf(FleetSchema.DimensionsText);

    /// <summary>The columns, in the order of the values.</summary>
    public static IReadOnlyList<FleetColumn> Columns => Written;

    /// <summary>Creates the row of an event; null for an event without an id or a time, whose duplicates could not be recognized.</summary>
    public static object[]? Of(StoredEvent stored)
    {
        if (IdIn(stored, DetailFields.EventId) is not { } eventId || stored.Time <= DateTimeOffset.UnixEpoch)
        {
            return null;
        }

        Guid publishId = IdIn(stored, DetailFields.PublishId) ?? eventId;
        var row = (object[])Templates[FleetEventKind.Of(stored.Event.Name)].Clone();
        row[EventIdPlace] = eventId;
        row[PublishIdPlace] = publishId;
        row[BeganDayPlace] = BeganDayOf(publishId);
        row[TimePlace] = UnixTime.Nanoseconds(stored.Time);
        foreach ((EventField field, object value) in stored.Event.Values)
        {
            if (PlacesOfFields.TryGetValue(field, out int place) && CellOf(field, Written[place].Type, value) is { } cell)
            {
                row[place] = cell;
            }
        }

        if (stored.Event.Dimensions is { Count: > 0 } dimensions)
        {
            row[DimensionsPlace] = DimensionText.Of(dimensions);
        }

        return row;
    }

    /// <summary>The condition on the row of an event, by the key of the table.</summary>
    public static string IsIn(Guid publishId, Guid eventId) => $"{IsOf(publishId)} AND {FleetSchema.EventId} = {SqlText.Identifier(eventId)}";

    /// <summary>The condition on the rows of a publish, by the key of the table.</summary>
    public static string IsOf(Guid publishId)
    {
        string began = FormattableString.Invariant($"{BeganDayOf(publishId):yyyy-MM-dd}");
        return $"{FleetSchema.BeganDay} = toDate('{began}') AND {FleetSchema.PublishId} = {SqlText.Identifier(publishId)}";
    }

    private static int PlaceOf(string column) => Array.FindIndex(Written, written => written.Name == column);

    private static object[] TemplateOf(string kind) => Array.ConvertAll(
        Written,
        column => column is { Name: FleetSchema.Kind } ? kind
            : column is { Type: FleetColumn.TextType, Field: { } field } && AbsentTextOf(field, kind) is { Length: > 0 } text ? text
            : column.DefaultValue);

    private static object? CellOf(EventField field, string type, object value) => (type, value) switch
    {
        (FleetColumn.NumberType, long) => value,
        (FleetColumn.TextType, string[] texts) => ListText.Join(texts),
        (FleetColumn.IdentifierType, string text) => Guid.TryParse(text, out Guid identifier) ? identifier : null,
        (FleetColumn.TextType, string text) => field.Kind is FieldKind.TargetFramework ? AttributeValue.Of(field, text) : text,
        (FleetColumn.TextType, bool isTrue) => isTrue ? "true" : "false",
        _ => null,
    };

    // A value without a name in the semantic convention is written without the attribute, and the kind of event implies the outcome.
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
}
