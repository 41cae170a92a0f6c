using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>
/// Writes the parts that log lines and span lines share. It writes JSON by hand, without Utf8JsonWriter: a line is written once in a
/// process that has just started, where what counts is how many methods have to be compiled for it.
/// </summary>
internal sealed class OtlpLine(Stream output)
{
    private const int MaxNumberLength = 20;
    private const int ChunkLength = 128;

    private bool _hasAttribute;

    /// <summary>Writes JSON as it stands.</summary>
    public void Raw(ReadOnlySpan<byte> json) => output.Write(json);

    /// <summary>Writes what may stand within quotation marks for a text.</summary>
    public void Text(string text)
    {
        Span<byte> chunk = stackalloc byte[ChunkLength];
        if (text.Length > ChunkLength)
        {
            Escape(text);
            return;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is < ' ' or > '~' or '"' or '\\')
            {
                Escape(text);
                return;
            }

            chunk[i] = (byte)c;
        }

        output.Write(chunk[..text.Length]);
    }

    /// <summary>Writes the digits of a number.</summary>
    public void Number(long number)
    {
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        output.Write(digits[..length]);
    }

    /// <summary>Writes a moment as nanoseconds since 1970, to the tick. A moment that OTLP has no number for is written as unknown.</summary>
    public void Time(DateTimeOffset time)
    {
        const ulong NanosecondsPerTick = 100;
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        ulong nanoseconds = ticks is > 0 and <= (long)(ulong.MaxValue / NanosecondsPerTick) ? (ulong)ticks * NanosecondsPerTick : 0;
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        nanoseconds.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        output.Write(digits[..length]);
    }

    /// <summary>Writes the resource: the service, where the event comes from, and what the user adds.</summary>
    public void Resource(ContainerEvent containerEvent, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        Raw("{\"attributes\":["u8);
        _hasAttribute = false;
        if (!IsNamed(userAttributes, OtlpFormat.ServiceName, 0))
        {
            TextAttribute(OtlpFormat.ServiceName, OtlpFormat.ScopeName);
        }

        IReadOnlyList<KeyValuePair<EventField, object>> values = containerEvent.Values;
        for (int i = 0; i < values.Count; i++)
        {
            EventField field = values[i].Key;
            if (field.IsResource && !IsNamed(userAttributes, field.Attribute, 0))
            {
                Attribute(field, values[i].Value);
            }
        }

        for (int i = 0; i < userAttributes.Count; i++)
        {
            // Of several values for one name the last counts, as in W3C Baggage.
            if (!IsNamed(userAttributes, userAttributes[i].Key, i + 1))
            {
                TextAttribute(userAttributes[i].Key, userAttributes[i].Value);
            }
        }

        Raw("]}"u8);
    }

    /// <summary>Writes the scope: what wrote the line, and who can read it.</summary>
    public void Scope()
    {
        Raw("{\"name\":\""u8);
        Text(OtlpFormat.ScopeName);
        Raw("\",\"version\":\""u8);
        Number(EventSchema.Version);
        Raw("\",\"attributes\":["u8);
        _hasAttribute = false;
        BeginAttribute(OtlpFormat.MinReaderVersionAttribute);
        Raw("\"intValue\":\""u8);
        Number(OtlpFormat.MinReaderVersion);
        Raw("\"}}]}"u8);
    }

    /// <summary>Writes the attributes of the record: what does not belong to the resource and has no place of its own in a record.</summary>
    public void Attributes(ContainerEvent containerEvent)
    {
        Raw("["u8);
        _hasAttribute = false;
        IReadOnlyList<KeyValuePair<EventField, object>> values = containerEvent.Values;
        for (int i = 0; i < values.Count; i++)
        {
            EventField field = values[i].Key;
            if (!field.IsResource && !ReferenceEquals(field, DetailFields.Time) && !ReferenceEquals(field, DetailFields.SchemaVersion))
            {
                Attribute(field, values[i].Value);
            }
        }

        IReadOnlyList<KeyValuePair<string, string>> dimensions = containerEvent.Dimensions;
        for (int i = 0; i < dimensions.Count; i++)
        {
            TextAttribute(OtlpFormat.DimensionPrefix + dimensions[i].Key, dimensions[i].Value);
        }

        Raw("]"u8);
    }

    /// <summary>Returns when the event was raised; 1970, which OTLP takes for an unknown time, if the event does not say.</summary>
    public static DateTimeOffset TimeOf(ContainerEvent containerEvent) =>
        containerEvent.Find(DetailFields.Time) is string text
            ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None)
            : DateTimeOffset.UnixEpoch;

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

    private void Attribute(EventField field, object value)
    {
        string? text = value is string raw ? AttributeValue.Of(field, raw) : null;
        if (text is { Length: 0 })
        {
            return;
        }

        if (text is not null)
        {
            TextAttribute(field.Attribute, text);
            return;
        }

        BeginAttribute(field.Attribute);
        switch (value)
        {
            case bool flag:
                Raw(flag ? "\"boolValue\":true}}"u8 : "\"boolValue\":false}}"u8);
                break;
            case long number:
                // The JSON form of protobuf has 64-bit integers as strings, since a JSON number is often read as a double.
                Raw("\"intValue\":\""u8);
                Number(number);
                Raw("\"}}"u8);
                break;
            default:
                Texts(field, (string[])value);
                break;
        }
    }

    private void TextAttribute(string name, string value)
    {
        BeginAttribute(name);
        Raw("\"stringValue\":\""u8);
        Text(value);
        Raw("\"}}"u8);
    }

    private void Texts(EventField field, string[] texts)
    {
        Raw("\"arrayValue\":{\"values\":["u8);
        for (int i = 0; i < texts.Length; i++)
        {
            Raw(i == 0 ? "{\"stringValue\":\""u8 : ",{\"stringValue\":\""u8);
            Text(AttributeValue.Of(field, texts[i]));
            Raw("\"}"u8);
        }

        Raw("]}}}"u8);
    }

    private void BeginAttribute(string name)
    {
        Raw(_hasAttribute ? ",{\"key\":\""u8 : "{\"key\":\""u8);
        _hasAttribute = true;
        Text(name);
        Raw("\",\"value\":{"u8);
    }

    // Only long texts and what a user adds to the resource come here. The encoder writes ASCII, so that a line stays one line to every reader.
    private void Escape(string text) => output.Write(Encoding.ASCII.GetBytes(JavaScriptEncoder.Default.Encode(text)));
}
