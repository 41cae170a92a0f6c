using System.Buffers.Binary;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>128 bits, written as 32 hexadecimal digits, with the dashes of a UUID or without. The default means none.</summary>
/// <param name="Upper">The first 64 bits.</param>
/// <param name="Lower">The last 64 bits.</param>
/// <remarks>Not <see cref="UInt128"/>: code that uses it is never compiled ahead of time, so each command would wait for the compiler.</remarks>
internal readonly record struct Identifier(ulong Upper, ulong Lower) : IComparable<Identifier>
{
    private const int DashedLength = 36;
    private const byte NoDigit = 0xFF;
    private static readonly byte[] Digits = DigitTable();

    public bool IsNone => (Upper | Lower) == 0;

    /// <summary>Returns the identifier with the bits of a UUID.</summary>
    public static Identifier Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return FromBytes(bytes);
    }

    /// <summary>Reads 16 bytes, the highest first.</summary>
    public static Identifier FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));

    public static bool TryParse(string text, out Identifier identifier)
    {
        identifier = default;
        if (text.Length is not (32 or DashedLength))
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[DashedLength * 3];
        return TryParse(utf8[..Encoding.UTF8.GetBytes(text, utf8)], out identifier);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out Identifier identifier)
    {
        ulong upper;
        ulong lower;
        uint invalid = 0;
        if (text.Length == DashedLength)
        {
            upper = (Hex(text[..8], ref invalid) << 32) | (Hex(text.Slice(9, 4), ref invalid) << 16) | Hex(text.Slice(14, 4), ref invalid);
            lower = (Hex(text.Slice(19, 4), ref invalid) << 48) | Hex(text.Slice(24, 12), ref invalid);
            invalid |= (text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-') ? 0 : 0x80u;
        }
        else if (text.Length == 32)
        {
            upper = Hex(text[..16], ref invalid);
            lower = Hex(text[16..], ref invalid);
        }
        else
        {
            identifier = default;
            return false;
        }

        identifier = new Identifier(upper, lower);
        return (invalid & 0x80) == 0;
    }

    public int CompareTo(Identifier other) => Upper != other.Upper ? Upper.CompareTo(other.Upper) : Lower.CompareTo(other.Lower);

    /// <summary>Returns the digits, in lower case.</summary>
    public string Format(bool dashed)
    {
        string digits = string.Create(CultureInfo.InvariantCulture, $"{Upper:x16}{Lower:x16}");
        return dashed ? $"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}" : digits;
    }

    /// <summary>Returns the UUID with the same bits.</summary>
    public Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Upper);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[sizeof(ulong)..], Lower);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Hex(ReadOnlySpan<byte> digits, ref uint invalid)
    {
        ulong value = 0;
        foreach (byte digit in digits)
        {
            byte nibble = Digits[digit];
            invalid |= nibble;
            value = (value << 4) | nibble;
        }

        return value;
    }

    private static byte[] DigitTable()
    {
        var table = new byte[256];
        for (int character = 0; character < table.Length; character++)
        {
            table[character] = char.IsAsciiHexDigit((char)character) ? Convert.ToByte(((char)character).ToString(), 16) : NoDigit;
        }

        return table;
    }
}
