using System.Buffers.Binary;

namespace Containers.Telemetry.Http;

/// <summary>The frame of a message in gRPC: a byte that tells whether it is compressed, and its length in four bytes.</summary>
internal static class GrpcMessage
{
    /// <summary>The length of the frame's head in bytes.</summary>
    public const int HeadLength = 1 + sizeof(uint);

    /// <summary>Writes the head of a frame.</summary>
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
