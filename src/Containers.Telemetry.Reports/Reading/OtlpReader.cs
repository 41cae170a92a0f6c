using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Store;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Reads the log records of any line of OTLP/JSON, with keys in any order, unknown keys among them. For one thread.</summary>
/// <param name="isWanted">Whether the value of an attribute is read. Other attributes are skipped.</param>
internal sealed class OtlpReader(Func<string, bool> isWanted)
{
    private readonly Func<string, bool> _isReadOfRecord = key => key == OtlpRecord.EventNameAttribute || isWanted(key);
    private readonly OtlpRecord _record = new();
    private readonly List<string> _texts = [];

    /// <param name="line">The line, with or without its line feed.</param>
    /// <param name="take">Receives each record, which is valid until the call returns. Receives none of a line that is not valid JSON to its end.</param>
    public StoredLineState Read(ReadOnlySpan<byte> line, Action<OtlpRecord> take)
    {
        line = line.Trim(" \t\r\n"u8);
        if (!Utf8.IsValid(line))
        {
            return StoredLineState.NotUtf8;
        }

        if (!IsJsonObject(line))
        {
            return line is [.., SegmentReader.Cancel] ? StoredLineState.Canceled : StoredLineState.NotJson;
        }

        var reader = new Utf8JsonReader(line);
        reader.Read();
        StoredLineState state = StoredLineState.OtherJson;
        while (NextProperty(ref reader))
        {
            bool isLogs = reader.ValueTextEquals("resourceLogs"u8);
            bool isOtherSignal = reader.ValueTextEquals("resourceSpans"u8) || reader.ValueTextEquals("resourceMetrics"u8);
            reader.Read();
            if (isLogs && reader.TokenType is JsonTokenType.StartArray)
            {
                state = StoredLineState.Read;
                while (NextElement(ref reader))
                {
                    ReadResourceLogs(ref reader, take);
                }

                continue;
            }

            state = isOtherSignal && state is StoredLineState.OtherJson ? StoredLineState.OtherSignal : state;
            reader.Skip();
        }

        return state;
    }

    /// <summary>Finds the time of the first record of a line, or the start of its first span, and reads no further.</summary>
    /// <returns>The time, UTC; null when the line has none.</returns>
    public static DateTimeOffset? FindTime(ReadOnlySpan<byte> line)
    {
        ulong time = OwnLine.TryFindTime(line, out ulong own) ? own : FindTimeInJson(line);
        return time > 0 ? new DateTimeOffset(OtlpNames.TicksOf(time), TimeSpan.Zero) : null;
    }

    // A separate method, so that only lines that need the JSON reader load it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong FindTimeInJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName
                    && (reader.ValueTextEquals("timeUnixNano"u8) || reader.ValueTextEquals("startTimeUnixNano"u8)))
                {
                    return ReadUInt64(ref reader);
                }
            }
        }
        catch (JsonException)
        {
            // Damaged before its time.
        }

        return 0;
    }

    // The reader rejects half a surrogate pair only when the text is read.
    private static bool IsJsonObject(ReadOnlySpan<byte> line)
    {
        // Most lines that are not JSON differ in the first byte. An exception for each line of a binary file would take minutes.
        if (line is not [(byte)'{', ..])
        {
            return false;
        }

        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private void ReadResourceLogs(ref Utf8JsonReader reader, Action<OtlpRecord> take)
    {
        _record.Resource.Clear();
        _record.IsFirstOfResource = true;
        Utf8JsonReader scopes = default;
        while (NextProperty(ref reader))
        {
            if (TakeObject(ref reader, "resource"u8))
            {
                while (NextProperty(ref reader))
                {
                    ReadAttributesOrSkip(ref reader, _record.Resource, isWanted);
                }
            }
            else
            {
                SkipProperty(ref reader, "scopeLogs"u8, ref scopes);
            }
        }

        // Only now, since the resource may come after the scopes.
        while (NextElement(ref scopes))
        {
            ReadScopeLogs(ref scopes, take);
        }
    }

    private void ReadScopeLogs(ref Utf8JsonReader reader, Action<OtlpRecord> take)
    {
        _record.ClearScope();
        Utf8JsonReader records = default;
        while (NextProperty(ref reader))
        {
            if (TakeObject(ref reader, "scope"u8))
            {
                ReadScope(ref reader);
            }
            else
            {
                SkipProperty(ref reader, "logRecords"u8, ref records);
            }
        }

        while (NextElement(ref records))
        {
            ReadRecord(ref records);
            take(_record);
            _record.IsFirstOfResource = false;
        }
    }

    private void ReadScope(ref Utf8JsonReader reader)
    {
        int? version = null;
        _record.Attributes.Clear();
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                _record.IsOurs = ReadText(ref reader) == OtlpFormat.ScopeName;
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                version = VersionOf(ReadScalar(ref reader, out _));
            }
            else
            {
                ReadAttributesOrSkip(
                    ref reader,
                    _record.Attributes,
                    static key => key == OtlpFormat.MinReaderVersionAttribute || key == DetailFields.SchemaVersion.Attribute);
            }
        }

        // Schema 1 has its version in place of the package's.
        _record.SchemaVersion = VersionIn(_record.Attributes, DetailFields.SchemaVersion.Attribute) ?? version;
        _record.MinReaderVersion = VersionIn(_record.Attributes, OtlpFormat.MinReaderVersionAttribute) ?? 0;
    }

    private static int? VersionIn(List<OtlpAttribute> attributes, string key) => VersionOf(attributes.Find(attribute => attribute.Key == key).Text);

    // A version that overflows is a newer one, too.
    private static int? VersionOf(string? text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong version) ? (int)Math.Min(version, int.MaxValue) : null;

    private void ReadRecord(ref Utf8JsonReader reader)
    {
        _record.ClearRecord();
        ulong observedTime = 0;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("timeUnixNano"u8))
            {
                _record.Time = ReadUInt64(ref reader);
            }
            else if (reader.ValueTextEquals("observedTimeUnixNano"u8))
            {
                observedTime = ReadUInt64(ref reader);
            }
            else if (reader.ValueTextEquals("eventName"u8))
            {
                _record.EventName = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("traceId"u8))
            {
                _record.TraceId = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("spanId"u8))
            {
                _record.SpanId = ReadText(ref reader);
            }
            else
            {
                ReadAttributesOrSkip(ref reader, _record.Attributes, _isReadOfRecord);
            }
        }

        _record.Time = _record.Time == 0 ? observedTime : _record.Time;
    }

    /// <summary>Reads the current property, if it is a list of attributes.</summary>
    private void ReadAttributesOrSkip(ref Utf8JsonReader reader, List<OtlpAttribute> attributes, Func<string, bool> isRead)
    {
        bool isAttributes = reader.ValueTextEquals("attributes"u8);
        reader.Read();
        if (!isAttributes || reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (NextElement(ref reader))
        {
            if (ReadKey(ref reader, out Utf8JsonReader value) is { } key && isRead(key))
            {
                attributes.Add(ReadValue(key, ref value));
            }
        }
    }

    /// <summary>Reads an attribute and returns its key; null for one without.</summary>
    private static string? ReadKey(ref Utf8JsonReader reader, out Utf8JsonReader value)
    {
        string? key = null;
        Utf8JsonReader found = default;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("key"u8))
            {
                key = ReadText(ref reader);
            }
            else
            {
                SkipProperty(ref reader, "value"u8, ref found);
            }
        }

        value = found;
        return value.TokenType is JsonTokenType.StartObject ? key : null;
    }

    private OtlpAttribute ReadValue(string key, ref Utf8JsonReader value)
    {
        var attribute = new OtlpAttribute(key, OtlpValueKind.Other, null, []);
        while (NextProperty(ref value))
        {
            if (TakeObject(ref value, "arrayValue"u8))
            {
                attribute = attribute with { Kind = OtlpValueKind.Texts, Texts = ReadTexts(ref value) };
                continue;
            }

            OtlpValueKind kind = value.ValueTextEquals("stringValue"u8) ? OtlpValueKind.Text
                : value.ValueTextEquals("intValue"u8) ? OtlpValueKind.Number
                : value.ValueTextEquals("boolValue"u8) ? OtlpValueKind.Flag
                : OtlpValueKind.Other;
            string? text = ReadScalar(ref value, out JsonTokenType token);
            if (kind is not OtlpValueKind.Other)
            {
                attribute = attribute with { Kind = MayBe(kind, token) ? kind : OtlpValueKind.Other, Text = text };
            }
        }

        return attribute;
    }

    private static bool MayBe(OtlpValueKind kind, JsonTokenType token) => kind switch
    {
        OtlpValueKind.Text => token is JsonTokenType.String,
        OtlpValueKind.Number => token is JsonTokenType.String or JsonTokenType.Number,
        _ => token is JsonTokenType.True or JsonTokenType.False,
    };

    private string[] ReadTexts(ref Utf8JsonReader array)
    {
        _texts.Clear();
        Utf8JsonReader values = default;
        while (NextProperty(ref array))
        {
            SkipProperty(ref array, "values"u8, ref values);
        }

        while (NextElement(ref values))
        {
            while (NextProperty(ref values))
            {
                bool isText = values.ValueTextEquals("stringValue"u8);
                if (ReadText(ref values) is { } text && isText)
                {
                    _texts.Add(text);
                }
            }
        }

        return [.. _texts];
    }

    /// <summary>Reads the current property; null when it is not a string.</summary>
    private static string? ReadText(ref Utf8JsonReader reader) =>
        ReadScalar(ref reader, out JsonTokenType token) is { } text && token is JsonTokenType.String ? text : null;

    /// <summary>Reads the current property as text; null when it is a list, an object or null.</summary>
    private static string? ReadScalar(ref Utf8JsonReader reader, out JsonTokenType token)
    {
        reader.Read();
        token = reader.TokenType;
        string? text = token switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
        reader.Skip();
        return text;
    }

    /// <summary>Reads a whole number, which proto3 JSON writes as a string or a number; 0 for anything else.</summary>
    private static ulong ReadUInt64(ref Utf8JsonReader reader)
    {
        reader.Read();
        ulong value = reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            && Utf8Parser.TryParse(reader.ValueSpan, out ulong number, out int length)
            && length == reader.ValueSpan.Length ? number : 0;
        reader.Skip();
        return value;
    }

    /// <summary>Moves to the next property of an object; false at its end. The reader is at the start of the object or after a property.</summary>
    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.PropertyName;

    /// <summary>Moves to the next object in a list, from its start or from the end of an object in it; false at its end.</summary>
    private static bool NextElement(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndObject))
        {
            return false;
        }

        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Enters the current property, if it has that name and is an object; otherwise does not move.</summary>
    private static bool TakeObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueTextEquals(name))
        {
            return false;
        }

        Utf8JsonReader ahead = reader;
        ahead.Read();
        if (ahead.TokenType is not JsonTokenType.StartObject)
        {
            return false;
        }

        reader = ahead;
        return true;
    }

    /// <summary>Skips the current property, and keeps where its value begins if it has that name.</summary>
    private static void SkipProperty(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        bool isNamed = reader.ValueTextEquals(name);
        reader.Read();
        if (isNamed)
        {
            value = reader;
        }

        reader.Skip();
    }
}

/// <summary>The kind of content in a line.</summary>
public enum StoredLineState
{
    /// <summary>The line holds OTLP logs. It may hold no event of ours, but another program's records.</summary>
    Read,

    /// <summary>The line holds OTLP spans or metrics, which a collector may write into the same file.</summary>
    OtherSignal,

    /// <summary>The line is JSON and not an OTLP request.</summary>
    OtherJson,

    /// <summary>The line is incomplete, since its writer was killed, and ended by <see cref="SegmentReader.Cancel"/>.</summary>
    Canceled,

    /// <summary>The line is not a JSON object: the torn end of a file, or damage.</summary>
    NotJson,

    NotUtf8,
}
