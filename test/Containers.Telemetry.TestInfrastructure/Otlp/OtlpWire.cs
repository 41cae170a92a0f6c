using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Decodes a request from its protocol.</summary>
internal static class OtlpWire
{
    private const int GrpcHeadLength = 5;

    /// <summary>Whether a request is a gRPC call.</summary>
    public static bool IsGrpc(HttpRequest request) => request.ContentType == "application/grpc";

    /// <summary>Whether a request has a body in binary form.</summary>
    public static bool IsBinary(HttpRequest request) => IsGrpc(request) || request.ContentType == "application/x-protobuf";

    /// <summary>Reads a body: decompressed, without gRPC's frame, and as JSON.</summary>
    /// <exception cref="InvalidDataException">The body contradicts its headers.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        using MemoryStream received = new();
        await request.Body.CopyToAsync(received);
        byte[] body = received.ToArray();
        bool isCompressed = request.Headers.ContentEncoding == "gzip";
        if (IsGrpc(request))
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)) != body.Length - GrpcHeadLength)
            {
                throw new InvalidDataException("The length of the frame differs from that of its body.");
            }

            isCompressed = body[0] == 1;
            if (isCompressed != (request.Headers["grpc-encoding"] == "gzip"))
            {
                throw new InvalidDataException("The frame and grpc-encoding disagree.");
            }

            body = body[GrpcHeadLength..];
        }

        body = isCompressed ? Decompress(body) : body;
        return IsBinary(request) ? Encoding.UTF8.GetBytes(ReadBinary(body)) : body;
    }

    /// <summary>Answers a gRPC call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="status">The gRPC status code.</param>
    /// <param name="message">The response's message; null for none.</param>
    /// <param name="details">The value of <c>grpc-status-details-bin</c>; null for none.</param>
    public static async Task AnswerAsync(HttpContext context, int status, byte[]? message, string? details = null)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.DeclareTrailer("grpc-status");
        if (message is not null)
        {
            byte[] frame = new byte[GrpcHeadLength + message.Length];
            BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
            message.CopyTo(frame, GrpcHeadLength);
            await context.Response.Body.WriteAsync(frame);
        }

        context.Response.AppendTrailer("grpc-status", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (details is not null)
        {
            context.Response.AppendTrailer("grpc-status-details-bin", details);
        }
    }

    // A body of one signal has fields of wrong types when it is read as another one, so reading fails.
    private static string ReadBinary(byte[] body)
    {
        foreach (string signal in new[] { "logs", "traces" })
        {
            try
            {
                return OtlpProtobuf.ToJson(signal, body);
            }
            catch (InvalidDataException)
            {
                // Tries the next signal.
            }
        }

        return OtlpProtobuf.ToJson("metrics", body);
    }

    private static byte[] Decompress(byte[] body)
    {
        using GZipStream gzip = new(new MemoryStream(body), CompressionMode.Decompress);
        using MemoryStream decompressed = new();
        gzip.CopyTo(decompressed);
        return decompressed.ToArray();
    }
}
