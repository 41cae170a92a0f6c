using System.Text.Unicode;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Otlp.Protobuf;

namespace Containers.Telemetry.Outboxes;

/// <summary>Joins lines, each a whole request, into the body of one request. An unreadable line, for which it would be rejected, is left out.</summary>
internal sealed class OtlpBatch
{
    private readonly Stream _body;
    private readonly OtlpSignal _signal;
    private readonly OtlpTranscoder? _transcoder;

    /// <param name="body">The output. It stays open.</param>
    /// <param name="transcoder">Encodes the lines in binary form; null for a body in JSON.</param>
    public OtlpBatch(Stream body, OtlpSignal signal, OtlpTranscoder? transcoder = null)
    {
        _body = body;
        _signal = signal;
        _transcoder = transcoder;
        if (transcoder is null)
        {
            _body.Write("{\""u8);
            _body.Write(NameOf(signal));
            _body.Write("\":["u8);
        }
    }

    /// <summary>Returns the transcoder for a destination's protocol; null for JSON.</summary>
    public static OtlpTranscoder? TranscoderFor(OtlpDestination destination) => destination.Protocol is OtlpProtocol.HttpJson ? null : new OtlpTranscoder();

    /// <summary>Returns the body of a request with a single line, in the encoding of a destination's protocol; without elements if the line is torn.</summary>
    public static byte[] BodyOf(ReadOnlySpan<byte> line, OtlpDestination destination)
    {
        using MemoryStream body = new();
        OtlpBatch batch = new(body, destination.Signal, TranscoderFor(destination));
        batch.TryAppend(line);
        batch.Complete();
        return body.ToArray();
    }

    public int Count { get; private set; }

    /// <summary>The number of lines that were left out.</summary>
    public int RefusedCount { get; private set; }

    /// <param name="line">One line, with or without its line feed.</param>
    /// <returns>False if the line is torn, or not a request of this signal.</returns>
    public bool TryAppend(ReadOnlySpan<byte> line)
    {
        Range elements = FindElements(line);
        bool isTaken = !elements.Equals(default) && (_transcoder is null ? AppendJson(line[elements]) : AppendEncoded(_transcoder.Encode(_signal, line)));
        if (!isTaken)
        {
            RefusedCount++;
        }

        return isTaken;
    }

    /// <summary>Ends the body. Nothing may be appended after that.</summary>
    public void Complete()
    {
        if (_transcoder is null)
        {
            _body.Write("]}"u8);
        }
    }

    private static ReadOnlySpan<byte> NameOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "resourceLogs"u8,
        OtlpSignal.Traces => "resourceSpans"u8,
        _ => "resourceMetrics"u8,
    };

    private bool AppendJson(ReadOnlySpan<byte> elements)
    {
        if (Count++ > 0)
        {
            _body.WriteByte((byte)',');
        }

        _body.Write(elements);
        return true;
    }

    private bool AppendEncoded(ReadOnlySpan<byte> request)
    {
        if (request.IsEmpty)
        {
            return false;
        }

        Count++;
        _body.Write(request);
        return true;
    }

    private Range FindElements(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = NameOf(_signal);
        if (!Utf8.IsValid(line))
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(line);
            if (!(Next(ref reader, JsonTokenType.StartObject)
                && Next(ref reader, JsonTokenType.PropertyName) && reader.ValueTextEquals(name)
                && Next(ref reader, JsonTokenType.StartArray)))
            {
                return default;
            }

            int start = (int)reader.BytesConsumed;
            int count = 0;
            while (Next(ref reader, JsonTokenType.StartObject))
            {
                reader.Skip();
                count++;
            }

            int end = (int)reader.TokenStartIndex;
            bool isAlone = reader.TokenType is JsonTokenType.EndArray && Next(ref reader, JsonTokenType.EndObject) && !reader.Read();
            return isAlone && count > 0 ? start..end : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static bool Next(ref Utf8JsonReader reader, JsonTokenType expected) => reader.Read() && reader.TokenType == expected;
}
