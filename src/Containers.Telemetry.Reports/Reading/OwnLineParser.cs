using System.Buffers;
using System.Buffers.Text;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Reads lines of exactly the form in which this product writes them: one resource, one scope, one record, keys in the writer's order.
/// <see cref="OtlpLineParser"/> reads anything else: this one may be strict, but every line that it accepts is valid JSON with the same meaning there.
/// </summary>
/// <param name="layout">The columns to fill.</param>
internal sealed class OwnLineParser(RecordLayout layout)
{
    private const int MaxPatterns = 2048;

    // JSON has no control characters in its strings, and a line of ours has none outside of them. The runtime compiles a search for a range of
    // bytes in each process, and has this one ready.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"u8
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"u8);

    private static readonly byte[] EndWithoutSchemaUrl = "]}}]}"u8.ToArray();
    private static readonly byte[] EndWithSchemaUrl = Encoding.ASCII.GetBytes("]},\"schemaUrl\":\"" + OtlpFormat.SchemaUrl + "\"}]}");

    private readonly FieldColumn? _schemaVersion = layout.Find(DetailFields.SchemaVersion.Attribute);
    private readonly ResourceCache _resources = new();
    private readonly EventRecord _resource = new(layout);
    private readonly Utf8ValueCache<AttributePattern> _patterns = new(MaxPatterns);
    private readonly AttributePattern _firstPattern = new([], default, default);
    private readonly List<string> _texts = [];

    /// <param name="line">Valid UTF-8, without the line's end.</param>
    /// <param name="record">Receives the event; undefined when the line has another form.</param>
    /// <param name="minReaderVersion">The lowest version of a reader that understands the line.</param>
    /// <returns>Whether the line has the form.</returns>
    public bool TryParse(ReadOnlySpan<byte> line, EventRecord record, out int minReaderVersion)
    {
        minReaderVersion = 0;
        record.Clear();
        ReadOnlySpan<byte> rest = line;
        return !line.ContainsAny(Controls)
            && Take(ref rest, OwnLine.Start)
            && TakeString(ref rest, out ReadOnlySpan<byte> version)
            && Take(ref rest, ",\"attributes\":["u8)
            && TakeSchemaVersion(ref rest, version, out ulong schemaVersion)
            && Take(ref rest, "{\"key\":\"containers_telemetry.min_reader_version\",\"value\":{\"intValue\":\""u8)
            && TakeNumber(ref rest, out ulong minReader)
            && Take(ref rest, "\"}}]},"u8)
            && TakeSchemaUrl(ref rest)
            && Take(ref rest, OwnLine.BeforeTime)
            && TakeNumber(ref rest, out ulong time)
            && Take(ref rest, "\",\"observedTimeUnixNano\":\""u8)
            && TakeNumber(ref rest, out ulong observedTime)
            && Take(ref rest, "\",\"severityNumber\":"u8)
            && TakeNumber(ref rest, out _)
            && Take(ref rest, ",\"severityText\":\""u8)
            && TakeString(ref rest, out _)
            && Take(ref rest, ",\"eventName\":\""u8)
            && TakeString(ref rest, out ReadOnlySpan<byte> eventName)
            && Take(ref rest, ",\"attributes\":["u8)
            && ReadAttributes(ref rest, record)
            && Take(ref rest, "],\"traceId\":\""u8)
            && TakeString(ref rest, out _)
            && Take(ref rest, ",\"spanId\":\""u8)
            && TakeString(ref rest, out _)
            && Take(ref rest, ",\"flags\":"u8)
            && TakeNumber(ref rest, out _)
            && Take(ref rest, "}]}],\"resource\":{\"attributes\":["u8)
            && TrimEnd(ref rest)
            && ReadResource(rest, record)
            && Complete(record, eventName, time != 0 ? time : observedTime, schemaVersion, minReader, out minReaderVersion);
    }

    // Schema 1 has its version in place of the package's.
    private static bool TakeSchemaVersion(ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> version, out ulong schemaVersion) =>
        Take(ref rest, "{\"key\":\"containers_telemetry.schema_version\",\"value\":{\"intValue\":\""u8)
            ? TakeNumber(ref rest, out schemaVersion) && Take(ref rest, "\"}},"u8)
            : TakeNumber(ref version, out schemaVersion) && version.IsEmpty;

    // Schema 1 has none.
    private static bool TakeSchemaUrl(ref ReadOnlySpan<byte> rest) =>
        !Take(ref rest, "\"schemaUrl\":\""u8) || (TakeString(ref rest, out _) && Take(ref rest, ","u8));

    private static bool TrimEnd(ref ReadOnlySpan<byte> rest)
    {
        int end = Math.Max(StartOf(EndWithSchemaUrl, rest), StartOf(EndWithoutSchemaUrl, rest));
        rest = rest[..end];
        return end > 0;

        static int StartOf(byte[] end, ReadOnlySpan<byte> text)
        {
            int start = text.Length - end.Length;
            return start > 0 && text[start..].SequenceEqual(end) ? start : 0;
        }
    }

    private bool Complete(EventRecord record, ReadOnlySpan<byte> eventName, ulong time, ulong schemaVersion, ulong minReader, out int minReaderVersion)
    {
        minReaderVersion = (int)Math.Min(minReader, int.MaxValue);
        record.Kind = OtlpNames.KindOf(eventName);
        record.Time = time == 0 ? 0 : OtlpNames.TicksOf(time);
        if (_schemaVersion is not null)
        {
            record.Numbers[_schemaVersion.Index] = (long)Math.Min(schemaVersion, int.MaxValue) + 1;
        }

        return true;
    }

    /// <summary>Reads the resource, which is mostly the same as before. The record's own values take precedence.</summary>
    private bool ReadResource(ReadOnlySpan<byte> text, EventRecord record)
    {
        KnownResource? known = _resources.Find(text, out ulong hash);
        if (known is null)
        {
            ReadOnlySpan<byte> rest = text;
            _resource.Clear();
            if (!ReadAttributes(ref rest, _resource) || !rest.IsEmpty)
            {
                return false;
            }

            known = _resources.Add(text, hash, _resource.Numbers);
        }

        known.CopyTo(record.Numbers);
        return true;
    }

    /// <summary>Reads attributes up to the end of the list or of the text.</summary>
    private bool ReadAttributes(ref ReadOnlySpan<byte> rest, EventRecord record)
    {
        if (rest.IsEmpty || rest[0] == ']')
        {
            return true;
        }

        AttributePattern previous = _firstPattern;
        while (true)
        {
            // Events of one kind have the same attributes in the same order.
            AttributePattern? pattern = previous.Next;
            if (pattern is null || !rest.StartsWith(pattern.Start))
            {
                pattern = FindPattern(rest);
                if (pattern is null)
                {
                    return false;
                }

                previous.Next = pattern;
            }

            rest = rest[pattern.Start.Length..];
            if (!ReadValue(ref rest, pattern, record))
            {
                return false;
            }

            if (rest.IsEmpty || rest[0] != ',')
            {
                return true;
            }

            rest = rest[1..];
            previous = pattern;
        }
    }

    private bool ReadValue(ref ReadOnlySpan<byte> rest, AttributePattern pattern, EventRecord record)
    {
        switch (pattern.Form)
        {
            case ValueForm.Text:
                if (!TakeString(ref rest, out ReadOnlySpan<byte> text) || !Take(ref rest, "}}"u8))
                {
                    return false;
                }

                Store(pattern, text, record);
                return true;

            case ValueForm.Number:
                ReadOnlySpan<byte> digits = rest;
                if (!TakeNumber(ref rest, out ulong number) || !Take(ref rest, "\"}}"u8))
                {
                    return false;
                }

                if (pattern.Target.Column is NumberColumn column)
                {
                    record.Numbers[column.Index] = column.NumberOf(number);
                }
                else
                {
                    Store(pattern, digits[..(digits.Length - rest.Length - "\"}}"u8.Length)], record);
                }

                return true;

            case ValueForm.True or ValueForm.False:
                Store(pattern, pattern.Form is ValueForm.True ? "true"u8 : "false"u8, record);
                return true;

            default:
                return ReadList(ref rest, pattern, record);
        }
    }

    private bool ReadList(ref ReadOnlySpan<byte> rest, AttributePattern pattern, EventRecord record)
    {
        int end = rest.IndexOf("]}}}"u8);
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> text = rest[..end];
        if (pattern.Values.TryFind(text, out ulong hash, out long number))
        {
            rest = rest[(end + "]}}}"u8.Length)..];
        }
        else
        {
            if (!TryReadTexts(text, out string[] texts))
            {
                return false;
            }

            rest = rest[(end + "]}}}"u8.Length)..];
            number = pattern.Target.Column?.NumberOf(texts) ?? 0;
            pattern.Values.Add(text, hash, number);
        }

        if (pattern.Target.Column is { } column)
        {
            record.Numbers[column.Index] = number;
        }

        return true;
    }

    private bool TryReadTexts(ReadOnlySpan<byte> rest, out string[] texts)
    {
        texts = [];
        _texts.Clear();
        while (!rest.IsEmpty)
        {
            if ((_texts.Count > 0 && !Take(ref rest, ","u8))
                || !Take(ref rest, "{\"stringValue\":\""u8)
                || !TakeString(ref rest, out ReadOnlySpan<byte> text)
                || !Take(ref rest, "}"u8))
            {
                return false;
            }

            _texts.Add(Encoding.UTF8.GetString(text));
        }

        texts = [.. _texts];
        return true;
    }

    private static void Store(AttributePattern pattern, ReadOnlySpan<byte> text, EventRecord record)
    {
        switch (pattern.Target.Role)
        {
            case AttributeRole.EventId:
                record.EventId = Identifier.TryParse(text, out Identifier eventId) ? eventId : default;
                break;
            case AttributeRole.PublishId:
                record.PublishId = Identifier.TryParse(text, out Identifier publishId) ? publishId : default;
                break;
            case AttributeRole.Value when pattern.Target.Column is IdentifierColumn column:
                record.Numbers[column.Index] = Identifier.TryParse(text, out Identifier identifier) ? column.Identifiers.NumberOf(identifier) : 0;
                break;
            case AttributeRole.Value:
                if (!pattern.Values.TryFind(text, out ulong hash, out long number))
                {
                    number = pattern.Target.Column!.NumberOf(Encoding.UTF8.GetString(text));
                    pattern.Values.Add(text, hash, number);
                }

                record.Numbers[pattern.Target.Column!.Index] = number;
                break;
        }
    }

    /// <summary>Reads the beginning of an attribute; null when it has another form.</summary>
    private AttributePattern? FindPattern(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = text;
        if (!Take(ref rest, "{\"key\":\""u8) || !TakeString(ref rest, out ReadOnlySpan<byte> key) || !Take(ref rest, ",\"value\":{"u8))
        {
            return null;
        }

        ValueForm form;
        if (Take(ref rest, "\"stringValue\":\""u8))
        {
            form = ValueForm.Text;
        }
        else if (Take(ref rest, "\"intValue\":\""u8))
        {
            form = ValueForm.Number;
        }
        else if (Take(ref rest, "\"boolValue\":true}}"u8))
        {
            form = ValueForm.True;
        }
        else if (Take(ref rest, "\"boolValue\":false}}"u8))
        {
            form = ValueForm.False;
        }
        else if (Take(ref rest, "\"arrayValue\":{\"values\":["u8))
        {
            form = ValueForm.Texts;
        }
        else
        {
            return null;
        }

        ReadOnlySpan<byte> start = text[..(text.Length - rest.Length)];
        if (!_patterns.TryFind(start, out ulong hash, out AttributePattern pattern))
        {
            pattern = new AttributePattern(start.ToArray(), AttributeTarget.Of(Encoding.UTF8.GetString(key), layout), form);
            _patterns.Add(start, hash, pattern);
        }

        return pattern;
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }

    /// <summary>Reads a string after its opening quote; a string with an escape has another form.</summary>
    private static bool TakeString(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> text)
    {
        int end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[end] != '"')
        {
            text = default;
            return false;
        }

        text = rest[..end];
        rest = rest[(end + 1)..];
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<byte> rest, out ulong number)
    {
        // JSON has no leading zeros, which Utf8Parser accepts.
        if (!Utf8Parser.TryParse(rest, out number, out int length) || !char.IsAsciiDigit((char)rest[0]) || (rest[0] == '0' && length > 1))
        {
            return false;
        }

        rest = rest[length..];
        return true;
    }

    /// <summary>The beginning of an attribute, up to its value.</summary>
    private sealed class AttributePattern(byte[] start, AttributeTarget target, ValueForm form)
    {
        private const int MaxValues = 8192;

        public byte[] Start { get; } = start;

        public AttributeTarget Target { get; } = target;

        public ValueForm Form { get; } = form;

        /// <summary>The numbers of values that were read.</summary>
        public Utf8ValueCache<long> Values { get; } = new(MaxValues);

        /// <summary>The pattern that followed it last time.</summary>
        public AttributePattern? Next { get; set; }
    }

    private enum ValueForm
    {
        Text,
        Number,
        True,
        False,
        Texts,
    }
}
