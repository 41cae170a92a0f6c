using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Containers.Telemetry;

/// <summary>Makes identifiers that sort by time (RFC 9562, version 7).</summary>
public static class UuidV7
{
    public static Guid Create() => Create(DateTimeOffset.UtcNow);

    /// <summary>Returns a new identifier for a given moment: 48 bits of milliseconds since 1970, then random bits.</summary>
    public static Guid Create(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        long milliseconds = time.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Returns the moment that an identifier was made, to the millisecond.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
