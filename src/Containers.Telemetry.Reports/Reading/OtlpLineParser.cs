using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Reads any line of OTLP/JSON logs: several resources, scopes and records, keys in any order, unknown keys among them.</summary>
/// <param name="layout">The columns to fill.</param>
/// <param name="sink">Takes each record of ours.</param>
internal sealed class OtlpLineParser(RecordLayout layout, IEventSink sink)
{
    private readonly Dictionary<string, AttributeTarget> _targets = new(StringComparer.Ordinal);
    private readonly FieldColumn? _schemaVersion = layout.Find(DetailFields.SchemaVersion.Attribute);
    private readonly EventRecord _record = new(layout);
    private readonly EventRecord _resource = new(layout);
    private readonly List<string> _texts = [];

    /// <summary>Reads a line.</summary>
    /// <param name="line">Valid UTF-8, without the line's end.</param>
    /// <returns>Whether it is a request of OTLP logs.</returns>
    /// <exception cref="JsonException">It is no JSON, or nested deeper than any OTLP data is.</exception>
    public bool Parse(ReadOnlySpan<byte> line)
    {
        // Nothing of a line counts unless all of it is JSON.
        Check(line);

        var reader = new Utf8JsonReader(line);
        reader.Read();
        bool isLogs = false;
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            while (NextProperty(ref reader))
            {
                bool isResourceLogs = reader.ValueTextEquals("resourceLogs"u8);
                reader.Read();
                if (isResourceLogs && reader.TokenType is JsonTokenType.StartArray)
                {
                    isLogs = true;
                    while (NextElement(ref reader))
                    {
                        ReadResourceLogs(ref reader);
                    }
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return isLogs;
    }

    /// <exception cref="JsonException">It is no JSON, or has an escape that stands for no text, which the reader notices only when it is asked for the text.</exception>
    private static void Check(ReadOnlySpan<byte> line)
    {
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
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("Half a surrogate pair is no text.", e);
        }
    }

    private void ReadResourceLogs(ref Utf8JsonReader reader)
    {
        _resource.Clear();
        Utf8JsonReader scopes = default;
        while (NextProperty(ref reader))
        {
            if (TakeObject(ref reader, "resource"u8))
            {
                while (NextProperty(ref reader))
                {
                    ReadAttributesOrSkip(ref reader, _resource);
                }
            }
            else if (reader.ValueTextEquals("scopeLogs"u8))
            {
                reader.Read();
                scopes = reader;
                reader.Skip();
            }
            else
            {
                SkipProperty(ref reader);
            }
        }

        // Only now: the resource may stand behind the scopes.
        if (scopes.TokenType is JsonTokenType.StartArray)
        {
            while (NextElement(ref scopes))
            {
                ReadScopeLogs(ref scopes);
            }
        }
    }

    private void ReadScopeLogs(ref Utf8JsonReader reader)
    {
        Scope scope = default;
        Utf8JsonReader records = default;
        while (NextProperty(ref reader))
        {
            if (TakeObject(ref reader, "scope"u8))
            {
                ReadScope(ref reader, ref scope);
            }
            else if (reader.ValueTextEquals("logRecords"u8))
            {
                reader.Read();
                records = reader;
                reader.Skip();
            }
            else
            {
                SkipProperty(ref reader);
            }
        }

        if (records.TokenType is not JsonTokenType.StartArray)
        {
            return;
        }

        while (NextElement(ref records))
        {
            _record.Clear();
            _resource.Numbers.CopyTo(_record.Numbers, 0);
            if (_schemaVersion is not null)
            {
                _record.Numbers[_schemaVersion.Index] = scope.StoredSchemaVersion;
            }

            ReadRecord(ref records);
            if (!scope.IsOurs)
            {
                _record.Kind = EventKind.Foreign;
            }

            sink.Take(_record, scope.MinReaderVersion);
        }
    }

    private void ReadScope(ref Utf8JsonReader reader, ref Scope scope)
    {
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                scope.IsOurs = reader.TokenType is JsonTokenType.String && reader.ValueTextEquals(OtlpFormat.ScopeName);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                reader.Read();
                scope.Version = (int)Math.Min(ReadUInt64(ref reader), int.MaxValue);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("attributes"u8))
            {
                reader.Read();
                ReadScopeAttributes(ref reader, ref scope);
            }
            else
            {
                SkipProperty(ref reader);
            }
        }
    }

    private void ReadScopeAttributes(ref Utf8JsonReader reader, ref Scope scope)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (NextElement(ref reader))
        {
            string? key = ReadKey(ref reader, out Utf8JsonReader value);
            if (key == OtlpFormat.MinReaderVersionAttribute)
            {
                scope.MinReaderVersion = ReadVersion(ref value) ?? 0;
            }
            else if (key == DetailFields.SchemaVersion.Attribute)
            {
                scope.SchemaVersion = ReadVersion(ref value) ?? scope.SchemaVersion;
            }
        }
    }

    private int? ReadVersion(ref Utf8JsonReader value) =>
        ReadText(ref value) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : null;

    private void ReadRecord(ref Utf8JsonReader reader)
    {
        ulong time = 0;
        ulong observedTime = 0;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("timeUnixNano"u8))
            {
                reader.Read();
                time = ReadUInt64(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("observedTimeUnixNano"u8))
            {
                reader.Read();
                observedTime = ReadUInt64(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("eventName"u8))
            {
                reader.Read();
                if (reader.TokenType is JsonTokenType.String && reader.GetString() is { Length: > 0 } name)
                {
                    _record.Kind = OtlpNames.KindOf(Encoding.UTF8.GetBytes(name));
                }

                reader.Skip();
            }
            else
            {
                ReadAttributesOrSkip(ref reader, _record);
            }
        }

        ulong best = time != 0 ? time : observedTime;
        _record.Time = best == 0 ? 0 : OtlpNames.TicksOf(best);
    }

    /// <summary>Reads the property at which the reader stands, if it is a list of attributes.</summary>
    private void ReadAttributesOrSkip(ref Utf8JsonReader reader, EventRecord record)
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
            if (ReadKey(ref reader, out Utf8JsonReader value) is { } key)
            {
                Store(key, ref value, record);
            }
        }
    }

    private void Store(string key, ref Utf8JsonReader value, EventRecord record)
    {
        if (!_targets.TryGetValue(key, out AttributeTarget target))
        {
            target = AttributeTarget.Of(key, layout);
            if (target.Role is not AttributeRole.Ignored)
            {
                _targets.Add(key, target);
            }
        }

        switch (target.Role)
        {
            case AttributeRole.EventId:
                record.EventId = ReadIdentifier(ref value);
                break;
            case AttributeRole.PublishId:
                record.PublishId = ReadIdentifier(ref value);
                break;
            case AttributeRole.EventName when record.Kind is EventKind.Foreign:
                record.Kind = OtlpNames.KindOf(Encoding.UTF8.GetBytes(ReadText(ref value) ?? ""));
                break;
            case AttributeRole.Value:
                string? text = ReadText(ref value);
                record.Numbers[target.Column!.Index] = text is not null ? target.Column.NumberOf(text) : target.Column.NumberOf(_texts);
                break;
        }
    }

    private UInt128 ReadIdentifier(ref Utf8JsonReader value) =>
        ReadText(ref value) is { } text && Identifier.TryParse(text, out UInt128 identifier) ? identifier : 0;

    /// <summary>Reads an attribute and returns its key; null for one without.</summary>
    private static string? ReadKey(ref Utf8JsonReader reader, out Utf8JsonReader value)
    {
        string? key = null;
        value = default;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("key"u8))
            {
                reader.Read();
                key = reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                value = reader;
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return value.TokenType is JsonTokenType.StartObject ? key : null;
    }

    /// <summary>Reads a value of one text, number or flag as text; null, and the texts in a list, for a value of several.</summary>
    private string? ReadText(ref Utf8JsonReader value)
    {
        _texts.Clear();
        string? text = null;
        while (NextProperty(ref value))
        {
            if (value.ValueTextEquals("stringValue"u8) || value.ValueTextEquals("intValue"u8) || value.ValueTextEquals("boolValue"u8))
            {
                value.Read();
                text = ScalarText(ref value);
                value.Skip();
            }
            else if (TakeObject(ref value, "arrayValue"u8))
            {
                while (NextProperty(ref value))
                {
                    bool isValues = value.ValueTextEquals("values"u8);
                    value.Read();
                    if (isValues && value.TokenType is JsonTokenType.StartArray)
                    {
                        ReadTexts(ref value);
                    }
                    else
                    {
                        value.Skip();
                    }
                }
            }
            else
            {
                SkipProperty(ref value);
            }
        }

        return text;
    }

    private void ReadTexts(ref Utf8JsonReader values)
    {
        while (NextElement(ref values))
        {
            while (NextProperty(ref values))
            {
                bool isText = values.ValueTextEquals("stringValue"u8);
                values.Read();
                if (isText && values.TokenType is JsonTokenType.String)
                {
                    _texts.Add(values.GetString()!);
                }

                values.Skip();
            }
        }
    }

    private static string? ScalarText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    /// <summary>Reads a whole number, which proto3 JSON writes as a string and may write as a number; 0 for anything else.</summary>
    private static ulong ReadUInt64(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number
        && Utf8Parser.TryParse(reader.ValueSpan, out ulong number, out int length)
        && length == reader.ValueSpan.Length ? number : 0;

    /// <summary>Goes to the next property of an object; false at its end. The reader stands at the start of the object or behind a property.</summary>
    private static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.PropertyName;

    /// <summary>Goes to the next object in a list; false at its end. Elements that are no objects are skipped.</summary>
    private static bool NextElement(ref Utf8JsonReader reader)
    {
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

    /// <summary>Enters the property at which the reader stands, if it has that name and is an object; else stays.</summary>
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

    private static void SkipProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>What a scope says of the records in it.</summary>
    private struct Scope
    {
        public bool IsOurs;
        public int MinReaderVersion;

        /// <summary>The version of the scope; the package's, which is no whole number, since schema 2.</summary>
        public int? Version;

        public int? SchemaVersion;

        /// <summary>The schema's version as a <see cref="NumberColumn"/> has it.</summary>
        public readonly long StoredSchemaVersion => (SchemaVersion ?? Version) is { } version ? 1L + version : 0;
    }
}
