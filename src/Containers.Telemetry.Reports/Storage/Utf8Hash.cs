using System.Buffers.Binary;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>A fast hash of bytes, for tables in memory only. Callers compare the bytes as well.</summary>
internal static class Utf8Hash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong first = (ulong)bytes.Length * Multiplier;
        ulong second = Multiplier;
        for (; bytes.Length >= 2 * sizeof(ulong); bytes = bytes[(2 * sizeof(ulong))..])
        {
            first = Mix(first, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            second = Mix(second, BinaryPrimitives.ReadUInt64LittleEndian(bytes[sizeof(ulong)..]));
        }

        if (bytes.Length >= sizeof(ulong))
        {
            first = Mix(first, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        foreach (byte one in bytes)
        {
            rest = (rest << 8) | one;
        }

        return Finish(Mix(first, rest) ^ (second * Multiplier));
    }

    public static ulong Of(Identifier identifier) => Finish(Mix(identifier.Lower, identifier.Upper));

    private static ulong Mix(ulong hash, ulong value) => ulong.RotateLeft((hash ^ value) * Multiplier, 29);

    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= Multiplier;
        return hash ^ (hash >> 29);
    }
}
