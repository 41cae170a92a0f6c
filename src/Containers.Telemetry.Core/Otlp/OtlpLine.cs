using System.Text.Encodings.Web;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>Writes the parts that lines share, by hand: a process writes a line once, and the methods of Utf8JsonWriter would be compiled.</summary>
internal sealed class OtlpLine(Stream output, OtlpLineUse use)
{
    private const string ServiceName = "service.name";
    private const int MaxNumberLength = 20;
    private const int MaxRealLength = 32;
    private const int ChunkLength = 128;

    private bool _hasAttribute;

    public void Raw(ReadOnlySpan<byte> json) => output.Write(json);

    /// <summary>Writes JSON, then a text, escaped for a JSON string.</summary>
    public void Text(ReadOnlySpan<byte> json, string text)
    {
        Raw(json);
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

    /// <summary>Writes JSON, then the digits of a number.</summary>
    public void Number(ReadOnlySpan<byte> json, long number)
    {
        Raw(json);
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        output.Write(digits[..length]);
    }

    /// <summary>Writes JSON, then a number with a fraction, in the shortest form that reads back as the same.</summary>
    public void Real(ReadOnlySpan<byte> json, double number)
    {
        Raw(json);
        Span<byte> digits = stackalloc byte[MaxRealLength];
        number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        output.Write(digits[..length]);
    }

    /// <summary>Writes JSON, then a moment as nanoseconds since 1970, to the tick. A moment out of OTLP's range is written as unknown.</summary>
    public void Time(ReadOnlySpan<byte> json, DateTimeOffset time)
    {
        Raw(json);
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        ulong nanoseconds = ticks is > 0 and <= (long)(ulong.MaxValue / TimeSpan.NanosecondsPerTick) ? (ulong)ticks * TimeSpan.NanosecondsPerTick : 0;
        Span<byte> digits = stackalloc byte[MaxNumberLength];
        nanoseconds.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        output.Write(digits[..length]);
    }

    /// <summary>Writes the resource: the service, the origin of the event, and the user's attributes.</summary>
    public void Resource(ContainerEvent containerEvent, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        Raw("{\"attributes\":["u8);
        _hasAttribute = false;
        ResourceAttribute(userAttributes, ServiceName, OtlpFormat.ScopeName);
        if (use is not OtlpLineUse.StoredLog)
        {
            ResourceAttribute(
                userAttributes, "service.instance.id", use is OtlpLineUse.SentMetrics ? null : containerEvent.Find(DetailFields.PublishId) as string);
            ResourceAttribute(userAttributes, "telemetry.sdk.name", OtlpFormat.ScopeName);
            ResourceAttribute(userAttributes, "telemetry.sdk.language", "dotnet");
            ResourceAttribute(userAttributes, "telemetry.sdk.version", VersionOf(containerEvent));
        }

        IReadOnlyList<KeyValuePair<EventField, object>> values = containerEvent.Values;
        for (int i = 0; i < values.Count; i++)
        {
            (EventField field, object value) = values[i];
            if (IsResource(field) && !IsNamed(userAttributes, value is string text ? field.AttributeOf(text) : field.Attribute, 0))
            {
                Attribute(field, value);
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

    /// <summary>Writes the scope and its schema: the writer's version, the lowest reader version, and the semantic conventions.</summary>
    public void Scope(ContainerEvent containerEvent)
    {
        Text("{\"name\":\""u8, OtlpFormat.ScopeName);
        Text("\",\"version\":\""u8, VersionOf(containerEvent) ?? "");
        Raw("\",\"attributes\":["u8);
        _hasAttribute = false;
        NumberAttribute(DetailFields.SchemaVersion.Attribute, EventSchema.Version);
        NumberAttribute(OtlpFormat.MinReaderVersionAttribute, OtlpFormat.MinReaderVersion);
        Raw("]}"u8);
        Schema();
    }

    /// <summary>Writes the property that names the schema of its siblings.</summary>
    public void Schema()
    {
        Text(",\"schemaUrl\":\""u8, OtlpFormat.SchemaUrl);
        Raw("\""u8);
    }

    /// <summary>Writes the attributes of the record: all fields outside of the resource that have no other place in the record.</summary>
    public void Attributes(ContainerEvent containerEvent)
    {
        Raw("["u8);
        _hasAttribute = false;
        if (use is not OtlpLineUse.SentSpan && EventNames.IsOfSdk(containerEvent.Name))
        {
            TextAttribute(OtlpFormat.SdkEventNameAttribute, containerEvent.Name);
        }

        if (use is not OtlpLineUse.StoredLog)
        {
            PipelineTask(containerEvent);
        }

        IReadOnlyList<KeyValuePair<EventField, object>> values = containerEvent.Values;
        for (int i = 0; i < values.Count; i++)
        {
            if (IsAttribute(values[i].Key))
            {
                Attribute(values[i].Key, values[i].Value);
            }
        }

        IReadOnlyList<KeyValuePair<string, string>> dimensions = containerEvent.Dimensions;
        for (int i = 0; i < dimensions.Count; i++)
        {
            TextAttribute(OtlpFormat.DimensionPrefix + dimensions[i].Key, dimensions[i].Value);
        }

        Raw("]"u8);
    }

    /// <summary>Writes the property with the attributes of some fields of an event; nothing if it has none of them.</summary>
    /// <param name="containerEvent">The event; null for none.</param>
    public void FieldAttributes(ContainerEvent? containerEvent, EventField[] fields)
    {
        _hasAttribute = false;
        foreach (EventField field in fields)
        {
            if (containerEvent?.Find(field) is { } value)
            {
                Raw(_hasAttribute ? ""u8 : ",\"attributes\":["u8);
                Attribute(field, value);
            }
        }

        Raw(_hasAttribute ? "]"u8 : ""u8);
    }

    /// <summary>Returns the time of the event; 1970, which means unknown in OTLP, if it has none.</summary>
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

    private bool IsResource(EventField field) => use is OtlpLineUse.SentMetrics ? ReferenceEquals(field, SurroundingsFields.PackageVersion) : field.IsResource;

    private static string? VersionOf(ContainerEvent containerEvent) => containerEvent.Find(SurroundingsFields.PackageVersion) as string;

    // A span has its own times, and an id that identifies duplicates.
    private bool IsAttribute(EventField field) =>
        !field.IsResource
        && !ReferenceEquals(field, DetailFields.Time)
        && !ReferenceEquals(field, DetailFields.SchemaVersion)
        && !(use is OtlpLineUse.SentSpan && (ReferenceEquals(field, DetailFields.EventId) || ReferenceEquals(field, DetailFields.Duration)));

    // The conventions put the result of a task's run beside the task and the run.
    private void PipelineTask(ContainerEvent containerEvent)
    {
        if (containerEvent.Name is EventNames.Success or EventNames.Error)
        {
            TextAttribute("cicd.pipeline.task.name", "PublishContainer");
            TextAttribute("cicd.pipeline.task.type", "build");
            if (containerEvent.Find(DetailFields.PublishId) is string run)
            {
                TextAttribute("cicd.pipeline.task.run.id", run);
            }
        }
    }

    private void ResourceAttribute(IReadOnlyList<KeyValuePair<string, string>> userAttributes, string name, string? value)
    {
        if (value is not null && !IsNamed(userAttributes, name, 0))
        {
            TextAttribute(name, value);
        }
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
            TextAttribute(field.AttributeOf((string)value), text);
            return;
        }

        switch (value)
        {
            case bool flag:
                BeginAttribute(field.Attribute);
                Raw(flag ? "\"boolValue\":true}}"u8 : "\"boolValue\":false}}"u8);
                break;
            case long number:
                NumberAttribute(field.Attribute, number);
                break;
            default:
                BeginAttribute(field.Attribute);
                Texts(field, (string[])value);
                break;
        }
    }

    private void NumberAttribute(string name, long number)
    {
        // The JSON form of protobuf has 64-bit integers as strings, since a JSON number is often read as a double.
        BeginAttribute(name);
        Number("\"intValue\":\""u8, number);
        Raw("\"}}"u8);
    }

    private void TextAttribute(string name, string value)
    {
        BeginAttribute(name);
        Text("\"stringValue\":\""u8, value);
        Raw("\"}}"u8);
    }

    private void Texts(EventField field, string[] texts)
    {
        Raw("\"arrayValue\":{\"values\":["u8);
        for (int i = 0; i < texts.Length; i++)
        {
            Text(i == 0 ? "{\"stringValue\":\""u8 : ",{\"stringValue\":\""u8, AttributeValue.Of(field, texts[i]));
            Raw("\"}"u8);
        }

        Raw("]}}}"u8);
    }

    private void BeginAttribute(string name)
    {
        Text(_hasAttribute ? ",{\"key\":\""u8 : "{\"key\":\""u8, name);
        _hasAttribute = true;
        Raw("\",\"value\":{"u8);
    }

    // Only long texts and the user's resource attributes come here. The encoder writes ASCII, so that a line stays one line to every reader.
    private void Escape(string text) => output.Write(Encoding.ASCII.GetBytes(JavaScriptEncoder.Default.Encode(text)));
}

/// <summary>The use of a line. A stored line has each value once; a sent one repeats some under the names that tools expect.</summary>
internal enum OtlpLineUse
{
    StoredLog,

    SentLog,

    /// <summary>A span, which is sent only.</summary>
    SentSpan,

    /// <summary>Metrics, which are sent only. Their resource has nothing that would create a series for each publish or machine.</summary>
    SentMetrics,
}
