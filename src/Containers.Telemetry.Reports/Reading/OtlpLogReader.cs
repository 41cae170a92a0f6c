using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Reads events back from lines of OTLP/JSON: the lines of <see cref="OtlpLogLine"/>, and the lines of an OpenTelemetry Collector's file exporter,
/// which hold records of many resources and scopes. Unknown parts are skipped.
/// </summary>
public static class OtlpLogReader
{
    private const int TraceIdLength = 32;
    private const int SpanIdLength = 16;

    private static readonly Dictionary<string, EventField> FieldsByAttribute = IndexFields();

    /// <param name="line">The line, with or without its line feed.</param>
    public static StoredLine Read(ReadOnlySpan<byte> line)
    {
        var events = new List<StoredEvent>();
        int skipped = 0;
        int? needed = null;
        StoredLineState state = new OtlpReader(IsWanted).Read(line, Take);
        return new StoredLine(state, events, skipped, needed);

        void Take(OtlpRecord record)
        {
            if (!record.IsOurs)
            {
                return;
            }

            if (record.MinReaderVersion > OtlpFormat.ReaderVersion)
            {
                skipped++;
                needed = Math.Max(record.MinReaderVersion, needed ?? 0);
            }
            else if (EventNames.FromOpenTelemetry(record.FindEventName()) is { } name)
            {
                events.Add(EventOf(record, name));
            }
        }
    }

    /// <inheritdoc cref="OtlpReader.FindTime"/>
    public static DateTimeOffset? FindTime(ReadOnlySpan<byte> line) => OtlpReader.FindTime(line);

    private static Dictionary<string, EventField> IndexFields()
    {
        var fields = EventSchema.Fields.ToDictionary(field => field.Attribute, StringComparer.Ordinal);
        foreach (EventField field in EventSchema.Fields)
        {
            if (field.OwnAttribute is { } own)
            {
                fields.Add(own, field);
            }
        }

        return fields;
    }

    private static bool IsWanted(string key) => FieldsByAttribute.ContainsKey(key) || key.StartsWith(OtlpFormat.DimensionPrefix, StringComparison.Ordinal);

    private static StoredEvent EventOf(OtlpRecord record, string name)
    {
        var time = new DateTimeOffset(OtlpNames.TicksOf(record.Time), TimeSpan.Zero);
        var containerEvent = new ContainerEvent(name);
        SetFields(containerEvent, record.Resource);
        SetFields(containerEvent, record.Attributes);
        containerEvent.Set(DetailFields.SchemaVersion, record.SchemaVersion);
        containerEvent.Set(DetailFields.Time, time);
        return new StoredEvent(containerEvent, time, Id(record.TraceId, TraceIdLength), Id(record.SpanId, SpanIdLength));
    }

    private static void SetFields(ContainerEvent containerEvent, List<OtlpAttribute> attributes)
    {
        foreach (OtlpAttribute attribute in attributes)
        {
            if (FieldsByAttribute.TryGetValue(attribute.Key, out EventField? field))
            {
                SetField(containerEvent, field, attribute);
            }
            else if (attribute.Key.StartsWith(OtlpFormat.DimensionPrefix, StringComparison.Ordinal))
            {
                containerEvent.SetDimension(attribute.Key[OtlpFormat.DimensionPrefix.Length..], TextOf(attribute) ?? "");
            }
        }

        if (TextIn(attributes, InferenceFields.BaseImage) is { } baseImage)
        {
            containerEvent.SetBaseImage(baseImage, TextIn(attributes, InferenceFields.BaseImageTag));
        }
    }

    private static void SetField(ContainerEvent containerEvent, EventField field, OtlpAttribute attribute)
    {
        switch (field.Kind)
        {
            case FieldKind.BaseImage or FieldKind.BaseImageTag:
                // Set together, when both are known.
                break;
            case FieldKind.Flag:
                if (attribute.Kind is OtlpValueKind.Flag)
                {
                    containerEvent.Set(field, attribute.Text == "true");
                }

                break;
            case FieldKind.Count:
                containerEvent.SetAsRead(field, NumberOf(attribute));
                break;
            case FieldKind.Choices or FieldKind.RuntimeIdentifiers:
                containerEvent.Set(field, attribute.Texts);
                break;
            default:
                containerEvent.Set(field, TextOf(attribute) is { } text ? AttributeValue.ToField(field, text) : null);
                break;
        }
    }

    private static string? TextIn(List<OtlpAttribute> attributes, EventField field) => TextOf(attributes.Find(attribute => attribute.Key == field.Attribute));

    private static string? TextOf(OtlpAttribute attribute) => attribute.Kind is OtlpValueKind.Text ? attribute.Text : null;

    private static long? NumberOf(OtlpAttribute attribute) =>
        attribute.Kind is OtlpValueKind.Number
            && long.TryParse(attribute.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static string? Id(string? text, int length) => text?.Length == length && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;
}

/// <param name="State">Whether it could be read.</param>
/// <param name="Events">The events that this version understands.</param>
/// <param name="SkippedCount">The number of records that need a newer reader.</param>
/// <param name="NeededReaderVersion">The reader version that understands the whole line, if records were left out; null otherwise.</param>
public sealed record StoredLine(StoredLineState State, IReadOnlyList<StoredEvent> Events, int SkippedCount, int? NeededReaderVersion);

/// <summary>An event as it was read back.</summary>
/// <param name="Event">The event. It passed the same checks as a new one, so it has only allowed values.</param>
/// <param name="Time">When it was raised, UTC.</param>
/// <param name="TraceId">The trace of its publish: 32 lower-case hexadecimal digits; null if the record has none.</param>
/// <param name="SpanId">The span of its publish: 16 lower-case hexadecimal digits; null if the record has none.</param>
public sealed record StoredEvent(ContainerEvent Event, DateTimeOffset Time, string? TraceId, string? SpanId)
{
    /// <summary>The id that identifies duplicates; null for an event without.</summary>
    public Guid? EventId => Identifier(DetailFields.EventId);

    /// <summary>The id that all events of a publish share; null for an event without.</summary>
    public Guid? PublishId => Identifier(DetailFields.PublishId);

    /// <summary>Whether the publish ended with this event.</summary>
    public bool EndsPublish => Event.Find(DetailFields.EndsPublish) is true;

    /// <summary>Whether the event is part of a publish, and not an action of another package's targets.</summary>
    public bool IsOfPublish => Event.Name is EventNames.Inference or EventNames.Success or EventNames.Error;

    private Guid? Identifier(EventField field) => Event.Find(field) is string text && Guid.TryParse(text, out Guid identifier) ? identifier : null;
}
