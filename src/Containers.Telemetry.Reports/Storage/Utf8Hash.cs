using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>A fast hash of bytes, for tables in memory only. Whoever finds a hash compares the bytes as well.</summary>
internal static class Utf8Hash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ulong first = (ulong)bytes.Length * Multiplier;
        ulong second = Multiplier;
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int at = 0;
        for (; at + 16 <= bytes.Length; at += 16)
        {
            first = Mix(first, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at)));
            second = Mix(second, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at + 8)));
        }

        ulong rest = 0;
        for (; at < bytes.Length; at++)
        {
            rest = (rest << 8) | Unsafe.Add(ref start, at);
            if ((at & 7) == 7)
            {
                first = Mix(first, rest);
                rest = 0;
            }
        }

        return Finish(Mix(first, rest) ^ (second * Multiplier));
    }

    public static ulong Of(UInt128 value) => Finish(Mix((ulong)value, (ulong)(value >> 64)));

    private static ulong Mix(ulong hash, ulong value) => ulong.RotateLeft((hash ^ value) * Multiplier, 29);

    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 32;
        hash *= Multiplier;
        return hash ^ (hash >> 29);
    }
}
