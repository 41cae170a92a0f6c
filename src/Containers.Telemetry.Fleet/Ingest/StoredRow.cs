using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Fleet.Ingest;

/// <summary>Converts a row of the table of events back to its event: the inverse of <see cref="EventRow"/>.</summary>
internal static class StoredRow
{
    private const int FirstField = 5;

    private static readonly int BaseImage = FirstField + FleetSchema.Fields.ToList().IndexOf(InferenceFields.BaseImage);
    private static readonly int BaseImageTag = FirstField + FleetSchema.Fields.ToList().IndexOf(InferenceFields.BaseImageTag);

    /// <summary>The columns to select.</summary>
    public static string Columns { get; } = string.Join(
        ", ",
        (string[])
        [
            FleetSchema.EventId, FleetSchema.PublishId, FleetSchema.Kind, FleetSchema.TimeUnixNano, FleetSchema.DimensionsText,
            .. FleetSchema.Fields.Select(FleetColumn.NameOf),
        ]);

    /// <summary>Creates the event of a row. Each value passes the checks of its field.</summary>
    /// <param name="row">The values of <see cref="Columns"/>.</param>
    public static StoredEvent ToEvent(object?[] row)
    {
        var made = new ContainerEvent(NameOf((string)row[2]!));
        for (int i = 0; i < FleetSchema.Fields.Count; i++)
        {
            SetField(made, FleetSchema.Fields[i], row[FirstField + i]!);
        }

        if (row[BaseImage] is string { Length: > 0 } baseImage)
        {
            made.SetBaseImage(baseImage, row[BaseImageTag] is string { Length: > 0 } tag ? tag : null);
        }

        foreach ((string name, string value) in DimensionText.Split((string)row[4]!))
        {
            made.SetDimension(name, value);
        }

        return WithIds(made, (Guid)row[0]!, (Guid)row[1]!, UnixTime.Moment((long)row[3]!));
    }

    // In the table, an event without a publish has its own id as the publish's.
    private static StoredEvent WithIds(ContainerEvent made, Guid eventId, Guid publishId, DateTimeOffset time)
    {
        made.Set(DetailFields.EventId, eventId);
        if (publishId != eventId)
        {
            made.Set(DetailFields.PublishId, publishId);
        }

        made.Set(DetailFields.Time, time);
        return new StoredEvent(made, time, null, null);
    }

    private static string NameOf(string kind) => kind switch
    {
        FleetEventKind.Inference => EventNames.Inference,
        FleetEventKind.Success => EventNames.Success,
        FleetEventKind.Error => EventNames.Error,
        _ => EventNames.Usage,
    };

    private static void SetField(ContainerEvent made, EventField field, object value)
    {
        switch (value)
        {
            case long number:
                made.SetAsRead(field, number);
                break;
            case string { Length: > 0 } list when ReportField.Of(field).Shape is FieldShape.Texts:
                made.Set(field, ListText.Split(list));
                break;
            case Guid identifier when identifier != Guid.Empty:
                made.Set(field, identifier.ToString(field.Kind is FieldKind.Identifier ? "D" : "N"));
                break;
            case string { Length: > 0 } text when field.Kind is FieldKind.Flag:
                made.Set(field, text == "true");
                break;
            case string { Length: > 0 } text when field.Kind is not (FieldKind.BaseImage or FieldKind.BaseImageTag) && !IsUnnamed(field, text):
                made.Set(field, field.Kind is FieldKind.TargetFramework ? AttributeValue.ToField(field, text) : text);
                break;
        }
    }

    // A value without a name in the semantic convention is written without the attribute, and no reader restores it.
    private static bool IsUnnamed(EventField field, string text) =>
        Array.IndexOf(field.AllowedValues, text) is >= 0 and var index && field.AttributeValues.Length > index && field.AttributeValues[index].Length == 0;
}
