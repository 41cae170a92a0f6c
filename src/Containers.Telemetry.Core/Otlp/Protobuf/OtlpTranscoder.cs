using System.Buffers.Text;

namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>
/// Turns requests from OTLP/JSON into OTLP's binary form, by the tables of <see cref="OtlpMessages"/>. Fields that are not in them are left
/// out. Requests in binary form can be joined by writing one after the other.
/// </summary>
internal sealed class OtlpTranscoder
{
    private readonly ProtobufWriter _output = new();

    /// <param name="request">The request in JSON.</param>
    /// <returns>The request in binary form, in memory that the next call reuses; empty if a value does not have its field's type.</returns>
    public ReadOnlySpan<byte> Encode(OtlpSignal signal, ReadOnlySpan<byte> request)
    {
        _output.Clear();
        try
        {
            var json = new Utf8JsonReader(request);
            json.Read();
            WriteFields(ref json, OtlpMessages.RequestOf(signal));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            // The reader throws InvalidOperationException for a text with half of a surrogate pair.
            _output.Clear();
        }

        return _output.Written;
    }

    private void WriteFields(ref Utf8JsonReader json, OtlpField[] fields)
    {
        Require(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            OtlpField? field = Find(ref json, fields);
            json.Read();
            if (field is null || json.TokenType is JsonTokenType.Null)
            {
                json.Skip();
            }
            else if (field.Kind is OtlpFieldKind.PackedFixed64 or OtlpFieldKind.PackedReal)
            {
                WritePacked(ref json, field);
            }
            else if (json.TokenType is JsonTokenType.StartArray)
            {
                while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
                {
                    WriteField(ref json, field);
                }
            }
            else
            {
                WriteField(ref json, field);
            }
        }
    }

    private static OtlpField? Find(ref Utf8JsonReader json, OtlpField[] fields)
    {
        foreach (OtlpField field in fields)
        {
            if (json.ValueTextEquals(field.Name))
            {
                return field;
            }
        }

        return null;
    }

    private void WriteField(ref Utf8JsonReader json, OtlpField field)
    {
        switch (field.Kind)
        {
            case OtlpFieldKind.Message:
                int start = _output.Begin(field.Number);
                WriteFields(ref json, field.Fields);
                _output.End(start);
                break;
            case OtlpFieldKind.Text:
                WriteText(ref json, field.Number);
                break;
            case OtlpFieldKind.Hex:
                WriteHex(ref json, field.Number);
                break;
            case OtlpFieldKind.Base64:
                WriteBytes(field.Number, json.GetBytesFromBase64());
                break;
            case OtlpFieldKind.Flag:
                _output.Varint(field.Number, json.GetBoolean() ? 1u : 0u);
                break;
            case OtlpFieldKind.Integer:
                _output.Varint(field.Number, (ulong)ReadSigned(ref json));
                break;
            case OtlpFieldKind.Real:
                _output.Fixed64(field.Number, BitConverter.DoubleToUInt64Bits(ReadReal(ref json)));
                break;
            case OtlpFieldKind.Fixed32:
                _output.Fixed32(field.Number, checked((uint)ReadUnsigned(ref json)));
                break;
            case OtlpFieldKind.Fixed64:
                _output.Fixed64(field.Number, ReadUnsigned(ref json));
                break;
            case OtlpFieldKind.SignedFixed64:
                _output.Fixed64(field.Number, (ulong)ReadSigned(ref json));
                break;
        }
    }

    private void WritePacked(ref Utf8JsonReader json, OtlpField field)
    {
        Require(ref json, JsonTokenType.StartArray);
        int start = _output.Begin(field.Number);
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
        {
            _output.Fixed64(field.Kind is OtlpFieldKind.PackedReal ? BitConverter.DoubleToUInt64Bits(ReadReal(ref json)) : ReadUnsigned(ref json));
        }

        _output.End(start);
    }

    private void WriteText(ref Utf8JsonReader json, int field)
    {
        Require(ref json, JsonTokenType.String);
        int start = _output.Begin(field);

        // An unescaped text is never longer than its JSON form.
        _output.Advance(json.CopyString(_output.Reserve(json.ValueSpan.Length)));
        _output.End(start);
    }

    private void WriteHex(ref Utf8JsonReader json, int field)
    {
        Require(ref json, JsonTokenType.String);
        WriteBytes(field, Convert.FromHexString(Encoding.ASCII.GetString(json.ValueSpan)));
    }

    private void WriteBytes(int field, byte[] bytes)
    {
        int start = _output.Begin(field);
        bytes.CopyTo(_output.Reserve(bytes.Length));
        _output.Advance(bytes.Length);
        _output.End(start);
    }

    private static long ReadSigned(ref Utf8JsonReader json)
    {
        RequireNumber(ref json);
        return Utf8Parser.TryParse(json.ValueSpan, out long value, out int read) && read == json.ValueSpan.Length ? value : throw new FormatException();
    }

    private static ulong ReadUnsigned(ref Utf8JsonReader json)
    {
        RequireNumber(ref json);
        return Utf8Parser.TryParse(json.ValueSpan, out ulong value, out int read) && read == json.ValueSpan.Length ? value : throw new FormatException();
    }

    private static double ReadReal(ref Utf8JsonReader json)
    {
        RequireNumber(ref json);
        return Utf8Parser.TryParse(json.ValueSpan, out double value, out int read) && read == json.ValueSpan.Length ? value : throw new FormatException();
    }

    private static void RequireNumber(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            throw new FormatException();
        }
    }

    private static void Require(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (json.TokenType != type)
        {
            throw new FormatException();
        }
    }
}
