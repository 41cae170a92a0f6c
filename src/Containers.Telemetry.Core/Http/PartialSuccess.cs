using System.Text.Json;
using Containers.Telemetry.Otlp.Protobuf;

namespace Containers.Telemetry.Http;

/// <summary>The <c>partialSuccess</c> of an OTLP response.</summary>
internal static class PartialSuccess
{
    /// <summary>The number of log records or spans that were rejected; 0 when the response does not say, or is not OTLP/JSON.</summary>
    public static long CountRejected(ReadOnlySpan<byte> response)
    {
        // A full success, nearly always: not worth waking the JSON reader for in a build.
        if (response.IndexOf("rejected"u8) < 0)
        {
            return 0;
        }

        try
        {
            return Read(response);
        }
        catch (JsonException)
        {
            // The status has said that the request was taken, and nothing in the body may change that.
            return 0;
        }
    }

    /// <summary>The same for a response in the binary form of Protocol Buffers.</summary>
    public static long CountRejectedInProtobuf(ReadOnlySpan<byte> response)
    {
        // ExportLogsServiceResponse and ExportTraceServiceResponse have partial_success in field 1, and that has the count in field 1.
        var reader = new ProtobufReader(response);
        long rejected = 0;
        while (reader.Read())
        {
            var partialSuccess = new ProtobufReader(reader.Field == 1 ? reader.Content : default);
            while (partialSuccess.Read())
            {
                rejected = partialSuccess.Field == 1 ? (long)partialSuccess.Number : rejected;
            }
        }

        return Math.Max(rejected, 0);
    }

    private static long Read(ReadOnlySpan<byte> response)
    {
        Utf8JsonReader json = new(response);
        long rejected = 0;

        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 2 && IsCount(ref json) && json.Read())
            {
                rejected = ReadCount(ref json);
            }
        }

        return Math.Max(rejected, 0);
    }

    // Protocol Buffers' JSON has names in lower camel case and allows the original ones.
    private static bool IsCount(ref Utf8JsonReader json) =>
        json.ValueTextEquals("rejectedLogRecords"u8) || json.ValueTextEquals("rejectedSpans"u8)
        || json.ValueTextEquals("rejected_log_records"u8) || json.ValueTextEquals("rejected_spans"u8);

    // Protocol Buffers' JSON has 64-bit integers as strings and allows numbers.
    private static long ReadCount(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long number))
        {
            return number;
        }

        return json.TokenType == JsonTokenType.String && long.TryParse(json.ValueSpan, out number) ? number : 0;
    }
}
