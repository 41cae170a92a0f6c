using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Random numbers that only a secret predicts: HMAC-SHA256 in counter mode. The same secret and context give the same numbers.</summary>
internal sealed class NoiseStream
{
    private const int BitsPerByte = 8;

    private readonly byte[] _key;
    private readonly byte[] _block = new byte[HMACSHA256.HashSizeInBytes];
    private int _used = HMACSHA256.HashSizeInBytes;
    private ulong _counter;

    /// <param name="context">The purpose of the numbers. Two contexts have independent numbers.</param>
    public NoiseStream(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> context) => _key = HMACSHA256.HashData(secret, context);

    /// <summary>Returns a number from 0 to below a bound, each with exactly the same probability.</summary>
    /// <param name="bound">From 1.</param>
    public UInt128 Below(UInt128 bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        int bits = 128 - (int)UInt128.LeadingZeroCount(bound - 1);
        while (true)
        {
            // Rejection: a remainder would prefer small numbers.
            UInt128 candidate = Bits(bits);
            if (candidate < bound)
            {
                return candidate;
            }
        }
    }

    /// <summary>Returns true with the exact probability of a fraction.</summary>
    /// <param name="numerator">At most the denominator.</param>
    /// <param name="denominator">From 1.</param>
    public bool Chance(UInt128 numerator, UInt128 denominator) => Below(denominator) < numerator;

    private UInt128 Bits(int count)
    {
        UInt128 value = 0;
        for (int bits = 0; bits < count; bits += BitsPerByte)
        {
            value = (value << BitsPerByte) | NextByte();
        }

        return count is 0 or 128 ? value : value & ((UInt128.One << count) - 1);
    }

    private byte NextByte()
    {
        if (_used == _block.Length)
        {
            Span<byte> counter = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(counter, _counter++);
            HMACSHA256.HashData(_key, counter, _block);
            _used = 0;
        }

        return _block[_used++];
    }
}
