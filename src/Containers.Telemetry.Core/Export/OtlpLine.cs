using System.Globalization;
using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Export;

/// <summary>What log lines and span lines share: the request around one record, its attributes and its times.</summary>
internal static class OtlpLine
{
    private const int MaxNumberLength = 20;

    // What is written comes from closed kinds and is checked by tests; the encoder writes ASCII only, so that a line stays one line to every reader.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>Opens the request, up to and including the record's opening brace.</summary>
    public static Utf8JsonWriter Begin(
        Stream output,
        ContainerEvent containerEvent,
        IReadOnlyList<KeyValuePair<string, string>> userAttributes,
        ReadOnlySpan<byte> resources,
        ReadOnlySpan<byte> scopes,
        ReadOnlySpan<byte> records)
    {
        var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteStartArray(resources);
        writer.WriteStartObject();
        WriteResource(writer, containerEvent, userAttributes);
        writer.WriteStartArray(scopes);
        writer.WriteStartObject();
        WriteScope(writer);
        writer.WriteStartArray(records);
        writer.WriteStartObject();
        return writer;
    }

    /// <summary>Closes the record, the request and the line.</summary>
    public static void End(Utf8JsonWriter writer, Stream output)
    {
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes the attributes of the record: what does not belong to the resource and has no place of its own in a record.</summary>
    public static void WriteAttributes(Utf8JsonWriter writer, ContainerEvent containerEvent)
    {
        writer.WriteStartArray("attributes"u8);
        IReadOnlyList<KeyValuePair<EventField, object>> values = containerEvent.Values;
        for (int i = 0; i < values.Count; i++)
        {
            EventField field = values[i].Key;
            if (!field.IsResource && !ReferenceEquals(field, DetailFields.Time) && !ReferenceEquals(field, DetailFields.SchemaVersion))
            {
                WriteAttribute(writer, field, values[i].Value);
            }
        }

        IReadOnlyList<KeyValuePair<string, string>> dimensions = containerEvent.Dimensions;
        for (int i = 0; i < dimensions.Count; i++)
        {
            WriteText(writer, OtlpFormat.DimensionPrefix + dimensions[i].Key, dimensions[i].Value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Returns when the event was raised; 1970, which OTLP takes for an unknown time, if the event does not say.</summary>
    public static DateTimeOffset TimeOf(ContainerEvent containerEvent) =>
        containerEvent.Find(DetailFields.Time) is string text
            ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None)
            : DateTimeOffset.UnixEpoch;

    /// <summary>Writes a moment as nanoseconds since 1970, to the tick. A moment that OTLP has no number for is written as unknown.</summary>
    public static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        const ulong NanosecondsPerTick = 100;
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        ulong nanoseconds = ticks is > 0 and <= (long)(ulong.MaxValue / NanosecondsPerTick) ? (ulong)ticks * NanosecondsPerTick : 0;
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        nanoseconds.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        writer.WriteString(name, digits[..length]);
    }

    private static void WriteResource(Utf8JsonWriter writer, ContainerEvent containerEvent, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        writer.WriteStartObject("resource"u8);
        writer.WriteStartArray("attributes"u8);
        if (!IsNamed(userAttributes, OtlpFormat.ServiceName, 0))
        {
            WriteText(writer, OtlpFormat.ServiceName, OtlpFormat.ScopeName);
        }

        IReadOnlyList<KeyValuePair<EventField, object>> values = containerEvent.Values;
        for (int i = 0; i < values.Count; i++)
        {
            EventField field = values[i].Key;
            if (field.IsResource && !IsNamed(userAttributes, field.Attribute, 0))
            {
                WriteAttribute(writer, field, values[i].Value);
            }
        }

        for (int i = 0; i < userAttributes.Count; i++)
        {
            // Of several values for one name the last counts, as in W3C Baggage.
            if (!IsNamed(userAttributes, userAttributes[i].Key, i + 1))
            {
                WriteText(writer, userAttributes[i].Key, userAttributes[i].Value);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static bool IsNamed(IReadOnlyList<KeyValuePair<string, string>> attributes, string name, int start)
    {
        for (int i = start; i < attributes.Count; i++)
        {
            if (string.Equals(attributes[i].Key, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteScope(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("scope"u8);
        writer.WriteString("name"u8, OtlpFormat.ScopeName);
        writer.WriteString("version"u8, EventSchema.Version.ToString(CultureInfo.InvariantCulture));
        writer.WriteStartArray("attributes"u8);
        BeginAttribute(writer, OtlpFormat.MinReaderVersionAttribute);
        WriteNumber(writer, OtlpFormat.MinReaderVersion);
        EndAttribute(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter writer, EventField field, object value)
    {
        string? name = value is string text ? AttributeValue.Of(field, text) : null;
        if (name is { Length: 0 })
        {
            return;
        }

        BeginAttribute(writer, field.Attribute);
        switch (value)
        {
            case string:
                writer.WriteString("stringValue"u8, name);
                break;
            case bool flag:
                writer.WriteBoolean("boolValue"u8, flag);
                break;
            case long number:
                WriteNumber(writer, number);
                break;
            case string[] texts:
                WriteTexts(writer, field, texts);
                break;
        }

        EndAttribute(writer);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        BeginAttribute(writer, name);
        writer.WriteString("stringValue"u8, value);
        EndAttribute(writer);
    }

    private static void WriteTexts(Utf8JsonWriter writer, EventField field, string[] texts)
    {
        writer.WriteStartObject("arrayValue"u8);
        writer.WriteStartArray("values"u8);
        foreach (string text in texts)
        {
            writer.WriteStartObject();
            writer.WriteString("stringValue"u8, AttributeValue.Of(field, text));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // The JSON form of protobuf has 64-bit integers as strings, since a JSON number is often read as a double.
    private static void WriteNumber(Utf8JsonWriter writer, long number)
    {
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        writer.WriteString("intValue"u8, digits[..length]);
    }

    private static void BeginAttribute(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, name);
        writer.WriteStartObject("value"u8);
    }

    private static void EndAttribute(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
