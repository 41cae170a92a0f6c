using Containers.Telemetry.Otlp.Protobuf;
using Containers.Telemetry.Output;

namespace Containers.Telemetry.Http;

/// <summary>The answer to a request to an OTLP endpoint.</summary>
/// <param name="PartialSuccess">The endpoint's answer about the delivered ones.</param>
/// <param name="RetryAfter">The pause that the endpoint requests; null for none.</param>
/// <param name="IsOutOfTime">True when the caller's limit ended it, and not the endpoint or the network.</param>
internal sealed record ExportResult(
    ExportOutcome Outcome, EndpointStatus Status = default, PartialSuccess PartialSuccess = default, TimeSpan? RetryAfter = null, bool IsOutOfTime = false);

/// <summary>The outcome of a request to an OTLP endpoint.</summary>
public enum ExportOutcome
{
    /// <summary>The endpoint accepted it; rejected parts are counted and lost.</summary>
    Delivered,

    /// <summary>The endpoint rejected the content. It must not be sent again.</summary>
    Rejected,

    /// <summary>The endpoint rejected it because it is too large.</summary>
    TooLarge,

    /// <summary>The endpoint refused it for a reason that a setting corrects: credentials, URL or protocol. Other requests would fail, too.</summary>
    Refused,

    /// <summary>The endpoint could not be reached, gave no answer in time, or asked for a later retry.</summary>
    Retryable,
}

/// <summary>The <c>partialSuccess</c> of an OTLP response.</summary>
/// <param name="Rejected">The number of log records, spans or data points that were rejected; 0 when the response does not say.</param>
/// <param name="Message">The receiver's message: one line of harmless text, at most <see cref="MaxMessageLength"/> characters; null for none.</param>
internal readonly record struct PartialSuccess(long Rejected, string? Message = null)
{
    /// <summary>The most characters of a message that are kept.</summary>
    public const int MaxMessageLength = 200;

    /// <summary>Reads a response in JSON. One that is not OTLP/JSON rejects nothing.</summary>
    public static PartialSuccess Read(ReadOnlySpan<byte> response)
    {
        // Nearly always a full success, for which a build need not load the JSON reader.
        if (response.IndexOf("rejected"u8) < 0)
        {
            return default;
        }

        try
        {
            return ReadMembers(response);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader throws InvalidOperationException for a name with half of a surrogate pair. By its status the request was accepted, and
            // nothing in the body may change that.
            return default;
        }
    }

    /// <summary>Reads a response in the binary form of Protocol Buffers.</summary>
    public static PartialSuccess ReadProtobuf(ReadOnlySpan<byte> response)
    {
        // The responses of all signals have partial_success in field 1. That has the count in field 1 and the message in field 2.
        var reader = new ProtobufReader(response);
        long rejected = 0;
        string? message = null;
        while (reader.Read())
        {
            var partialSuccess = new ProtobufReader(reader.Field == 1 ? reader.Content : default);
            while (partialSuccess.Read())
            {
                rejected = partialSuccess.Field == 1 ? (long)partialSuccess.Number : rejected;
                message = partialSuccess.Field == 2 ? Clean(Encoding.UTF8.GetString(partialSuccess.Content)) : message;
            }
        }

        return new PartialSuccess(Math.Max(rejected, 0), message);
    }

    private static PartialSuccess ReadMembers(ReadOnlySpan<byte> response)
    {
        Utf8JsonReader json = new(response);
        long rejected = 0;
        string? message = null;

        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 2)
            {
                continue;
            }

            if (IsCount(ref json) && json.Read())
            {
                rejected = ReadCount(ref json);
            }
            else if (IsMessage(ref json) && json.Read() && json.TokenType == JsonTokenType.String)
            {
                message = ReadMessage(ref json);
            }
        }

        return new PartialSuccess(Math.Max(rejected, 0), message);
    }

    // Protocol Buffers' JSON has names in lower camel case and allows the original ones.
    private static bool IsCount(ref Utf8JsonReader json) =>
        json.ValueTextEquals("rejectedLogRecords"u8) || json.ValueTextEquals("rejectedSpans"u8) || json.ValueTextEquals("rejectedDataPoints"u8)
        || json.ValueTextEquals("rejected_log_records"u8) || json.ValueTextEquals("rejected_spans"u8) || json.ValueTextEquals("rejected_data_points"u8);

    private static bool IsMessage(ref Utf8JsonReader json) => json.ValueTextEquals("errorMessage"u8) || json.ValueTextEquals("error_message"u8);

    // Protocol Buffers' JSON has 64-bit integers as strings and allows numbers.
    private static long ReadCount(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long number))
        {
            return number;
        }

        return json.TokenType == JsonTokenType.String && long.TryParse(json.ValueSpan, out number) ? number : 0;
    }

    private static string? ReadMessage(ref Utf8JsonReader json)
    {
        try
        {
            return Clean(json.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Not UTF-8, or half of a surrogate pair. Keep the count.
            return null;
        }
    }

    // The text is untrusted, and is shown in a terminal.
    private static string? Clean(string message) => message.Length == 0 ? null : HarmlessText.Line(message[..Math.Min(message.Length, MaxMessageLength)]);
}
