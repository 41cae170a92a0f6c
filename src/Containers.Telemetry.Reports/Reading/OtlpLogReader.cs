using System.Globalization;
using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Reads events back from lines of OTLP/JSON: those of <see cref="OtlpLogLine"/>, and those that an OpenTelemetry Collector's
/// file exporter makes of them, in which one line holds records of many resources and scopes. What is unknown is passed over.
/// </summary>
public static class OtlpLogReader
{
    private const int TraceIdLength = 32;
    private const int SpanIdLength = 16;

    private static readonly Dictionary<string, EventField> FieldsByAttribute = IndexFields();

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line in UTF-8, with the line feed that ends it or without.</param>
    public static StoredLine Read(ReadOnlyMemory<byte> line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return new StoredLine(StoredLineState.NotJson, [], 0, null);
        }

        using (document)
        {
            return Property(document.RootElement, "resourceLogs") is { ValueKind: JsonValueKind.Array } resources
                ? ReadResources(resources)
                : new StoredLine(StoredLineState.NotOtlpLogs, [], 0, null);
        }
    }

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

    private static StoredLine ReadResources(JsonElement resources)
    {
        var events = new List<StoredEvent>();
        int skipped = 0;
        int? needed = null;
        foreach (JsonElement resource in resources.EnumerateArray())
        {
            JsonElement? resourceAttributes = Property(Property(resource, "resource"), "attributes");
            foreach (JsonElement scopeLogs in Elements(Property(resource, "scopeLogs")))
            {
                JsonElement? scope = Property(scopeLogs, "scope");
                if (Text(Property(scope, "name")) != OtlpFormat.ScopeName)
                {
                    continue;
                }

                JsonElement? records = Property(scopeLogs, "logRecords");
                JsonElement? scopeAttributes = Property(scope, "attributes");
                long minReaderVersion = FindNumber(scopeAttributes, OtlpFormat.MinReaderVersionAttribute) ?? 0;
                if (minReaderVersion > OtlpFormat.ReaderVersion)
                {
                    skipped += Elements(records).Count();
                    needed = (int)Math.Min(int.MaxValue, Math.Max(minReaderVersion, needed ?? 0));
                    continue;
                }

                // Schema 1 has its version in the place of the package's.
                long? schemaVersion = FindNumber(scopeAttributes, DetailFields.SchemaVersion.Attribute) ?? Number(Property(scope, "version"));
                foreach (JsonElement record in Elements(records))
                {
                    if (ReadRecord(record, resourceAttributes, schemaVersion) is { } stored)
                    {
                        events.Add(stored);
                    }
                }
            }
        }

        return new StoredLine(StoredLineState.Read, events, skipped, needed);
    }

    private static StoredEvent? ReadRecord(JsonElement record, JsonElement? resourceAttributes, long? schemaVersion)
    {
        JsonElement? attributes = Property(record, "attributes");

        // Before log records had an event's name, it was an attribute, and some programs still write it so.
        string? name = Text(Property(record, "eventName")) is { Length: > 0 } own ? own : Text(Property(FindAttribute(attributes, "event.name"), "stringValue"));
        if (EventNames.FromOpenTelemetry(name) is not { } eventName)
        {
            return null;
        }

        DateTimeOffset time = Time(Property(record, "timeUnixNano"));
        var containerEvent = new ContainerEvent(eventName);
        ReadAttributes(containerEvent, resourceAttributes);
        ReadAttributes(containerEvent, attributes);
        containerEvent.Set(DetailFields.SchemaVersion, schemaVersion);
        containerEvent.Set(DetailFields.Time, time);
        return new StoredEvent(containerEvent, time, Id(Property(record, "traceId"), TraceIdLength), Id(Property(record, "spanId"), SpanIdLength));
    }

    private static void ReadAttributes(ContainerEvent containerEvent, JsonElement? attributes)
    {
        string? baseImage = null;
        string? baseImageTag = null;
        foreach (JsonElement attribute in Elements(attributes))
        {
            if (Text(Property(attribute, "key")) is not { } key || Property(attribute, "value") is not { } value)
            {
                continue;
            }

            if (key.StartsWith(OtlpFormat.DimensionPrefix, StringComparison.Ordinal))
            {
                containerEvent.SetDimension(key[OtlpFormat.DimensionPrefix.Length..], Text(Property(value, "stringValue")) ?? "");
            }
            else if (FieldsByAttribute.TryGetValue(key, out EventField? field) && containerEvent.Find(field) is null)
            {
                switch (field.Kind)
                {
                    case FieldKind.BaseImage:
                        baseImage = Text(Property(value, "stringValue"));
                        break;
                    case FieldKind.BaseImageTag:
                        baseImageTag = Text(Property(value, "stringValue"));
                        break;
                    default:
                        SetField(containerEvent, field, value);
                        break;
                }
            }
        }

        if (baseImage is not null)
        {
            containerEvent.SetBaseImage(InferenceFields.BaseImage, InferenceFields.BaseImageTag, baseImage, baseImageTag);
        }
    }

    private static void SetField(ContainerEvent containerEvent, EventField field, JsonElement value)
    {
        switch (field.Kind)
        {
            case FieldKind.Flag:
                if (Property(value, "boolValue") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag)
                {
                    containerEvent.Set(field, flag.GetBoolean());
                }

                break;
            case FieldKind.Count:
                containerEvent.SetAsRead(field, Number(Property(value, "intValue")));
                break;
            case FieldKind.Choices or FieldKind.RuntimeIdentifiers:
                containerEvent.Set(
                    field,
                    Elements(Property(Property(value, "arrayValue"), "values"))
                        .Select(element => Text(Property(element, "stringValue")))
                        .OfType<string>()
                        .ToArray());
                break;
            default:
                containerEvent.Set(field, Text(Property(value, "stringValue")) is { } text ? AttributeValue.ToField(field, text) : null);
                break;
        }
    }

    private static DateTimeOffset Time(JsonElement? nanoseconds)
    {
        const ulong NanosecondsPerTick = 100;
        return Scalar(nanoseconds) is { } text && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(value / NanosecondsPerTick))
            : DateTimeOffset.UnixEpoch;
    }

    private static string? Id(JsonElement? value, int length) =>
        Text(value) is { } text && text.Length == length && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    private static long? Number(JsonElement? value) =>
        Scalar(value) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    // The JSON form of protobuf lets a 64-bit integer be a string or a number.
    private static string? Scalar(JsonElement? value) => value?.ValueKind is JsonValueKind.Number ? value.Value.GetRawText() : Text(value);

    private static string? Text(JsonElement? value)
    {
        try
        {
            return value?.ValueKind is JsonValueKind.String ? value.Value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Not UTF-8, or half a surrogate pair.
            return null;
        }
    }

    private static long? FindNumber(JsonElement? attributes, string key) => Number(Property(FindAttribute(attributes, key), "intValue"));

    private static JsonElement? FindAttribute(JsonElement? attributes, string key)
    {
        foreach (JsonElement attribute in Elements(attributes))
        {
            if (Text(Property(attribute, "key")) == key)
            {
                return Property(attribute, "value");
            }
        }

        return null;
    }

    private static JsonElement? Property(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } && value.Value.TryGetProperty(name, out JsonElement property) ? property : null;

    private static JsonElement.ArrayEnumerator Elements(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } ? value.Value.EnumerateArray() : default;
}

/// <summary>What reading a line gave.</summary>
public enum StoredLineState
{
    /// <summary>The line was read. It may hold no event of ours, as when another program's records are in the file.</summary>
    Read,

    /// <summary>The line is not JSON: the torn end of a file, or damage.</summary>
    NotJson,

    /// <summary>The line is JSON and not an OTLP request for logs.</summary>
    NotOtlpLogs,
}

/// <summary>What a line holds.</summary>
/// <param name="State">Whether it could be read.</param>
/// <param name="Events">The events that this version understands.</param>
/// <param name="SkippedCount">How many records were left out because a newer reader is needed.</param>
/// <param name="NeededReaderVersion">The reader version that understands all of the line, when records were left out; null otherwise.</param>
public sealed record StoredLine(StoredLineState State, IReadOnlyList<StoredEvent> Events, int SkippedCount, int? NeededReaderVersion);

/// <summary>An event as it was read back.</summary>
/// <param name="Event">The event. It went through the same gate as when it was first made, so it holds nothing that its fields do not allow.</param>
/// <param name="Time">When it was raised, UTC.</param>
/// <param name="TraceId">The trace of its publish: 32 lower-case hexadecimal digits; null if the record has none.</param>
/// <param name="SpanId">The span of its publish: 16 lower-case hexadecimal digits; null if the record has none.</param>
public sealed record StoredEvent(ContainerEvent Event, DateTimeOffset Time, string? TraceId, string? SpanId);
