using System.Buffers.Binary;
using System.Net.Http.Headers;
using Containers.Telemetry.Otlp.Protobuf;

namespace Containers.Telemetry.Http;

/// <summary>The frame of a message in gRPC: a byte that is 1 if it is compressed, and its length in four bytes.</summary>
internal static class GrpcMessage
{
    /// <summary>The length of the frame's head in bytes.</summary>
    public const int HeadLength = 1 + sizeof(uint);

    public static void WriteHead(Span<byte> head, int length, bool isCompressed)
    {
        head[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)length);
    }

    /// <summary>The first message of a body; empty when there is none, it is cut off, or it is compressed, which the request did not allow.</summary>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeadLength || body[0] != 0)
        {
            return default;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(body[1..]);
        ReadOnlySpan<byte> content = body[HeadLength..];
        return length <= (uint)content.Length ? content[..(int)length] : default;
    }
}

/// <summary>The trailers of a gRPC response; its headers when there is no body.</summary>
internal sealed class GrpcTrailers
{
    private readonly HttpResponseMessage _response;

    /// <param name="response">A response whose body has been read to its end.</param>
    public GrpcTrailers(HttpResponseMessage response)
    {
        _response = response;
        Status = int.TryParse(Find("grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? (GrpcStatusCode)status : null;
    }

    /// <summary>The status of the call; null when the response is not gRPC.</summary>
    public GrpcStatusCode? Status { get; }

    /// <summary>The pause that the server requests (<c>google.rpc.RetryInfo</c>); null for none.</summary>
    public TimeSpan? ReadRetryDelay()
    {
        if (Find("grpc-status-details-bin") is not { } text || !TryDecode(text, out byte[] status))
        {
            return null;
        }

        // google.rpc.Status has its details in field 3.
        var reader = new ProtobufReader(status);
        while (reader.Read())
        {
            if (reader.Field == 3 && ReadDetail(reader.Content) is { } delay)
            {
                return delay;
            }
        }

        return null;
    }

    // google.protobuf.Any: the type in field 1, the message in field 2. RetryInfo: a Duration in field 1.
    private static TimeSpan? ReadDetail(ReadOnlySpan<byte> detail)
    {
        bool isRetryInfo = false;
        ReadOnlySpan<byte> message = default;
        var reader = new ProtobufReader(detail);
        while (reader.Read())
        {
            isRetryInfo |= reader.Field == 1 && reader.Content.EndsWith("/google.rpc.RetryInfo"u8);
            message = reader.Field == 2 ? reader.Content : message;
        }

        if (!isRetryInfo)
        {
            return null;
        }

        var info = new ProtobufReader(message);
        return info.Read() && info.Field == 1 ? ReadDuration(info.Content) : TimeSpan.Zero;
    }

    // Seconds in field 1, nanoseconds in field 2.
    private static TimeSpan ReadDuration(ReadOnlySpan<byte> duration)
    {
        TimeSpan total = TimeSpan.Zero;
        var reader = new ProtobufReader(duration);
        while (reader.Read())
        {
            // A negative number is a huge one here, and BackOff bounds it.
            long number = (long)Math.Min(reader.Number, int.MaxValue);
            total += reader.Field == 1 ? TimeSpan.FromSeconds(number) : TimeSpan.FromMilliseconds(number / 1_000_000);
        }

        return total;
    }

    private string? Find(string name)
    {
        foreach (HttpHeaders headers in (ReadOnlySpan<HttpHeaders>)[_response.TrailingHeaders, _response.Headers])
        {
            if (headers.TryGetValues(name, out IEnumerable<string>? values))
            {
                return values.FirstOrDefault()?.Trim();
            }
        }

        return null;
    }

    // gRPC may leave out the padding.
    private static bool TryDecode(string base64, out byte[] bytes)
    {
        bytes = new byte[base64.Length];
        string digits = base64.TrimEnd('=');
        bool isDecoded = Convert.TryFromBase64String(digits.PadRight((digits.Length + 3) / 4 * 4, '='), bytes, out int length);
        Array.Resize(ref bytes, length);
        return isDecoded;
    }
}
