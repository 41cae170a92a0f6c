using System.Buffers.Binary;
using System.Text;

namespace Containers.Telemetry.Reports.Storage;

/// <summary>Reads and writes 128 bits as 32 hexadecimal digits, with the dashes of a UUID or without.</summary>
internal static class Identifier
{
    /// <summary>The length with dashes.</summary>
    public const int DashedLength = 36;

    private const byte NoDigit = 0xFF;
    private static readonly byte[] Digits = DigitTable();

    public static bool TryParse(string text, out UInt128 identifier)
    {
        identifier = 0;
        if (text.Length is not (32 or DashedLength))
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[DashedLength * 3];
        return TryParse(utf8[..Encoding.UTF8.GetBytes(text, utf8)], out identifier);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 identifier)
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
            identifier = 0;
            return false;
        }

        identifier = new UInt128(upper, lower);
        return (invalid & 0x80) == 0;
    }

    public static string Format(UInt128 identifier, bool dashed)
    {
        string digits = identifier.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
        return dashed ? $"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}" : digits;
    }

    public static Guid ToGuid(UInt128 identifier)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, identifier);
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
        Array.Fill(table, NoDigit);
        for (int digit = 0; digit < 16; digit++)
        {
            table["0123456789abcdef"[digit]] = (byte)digit;
            table["0123456789ABCDEF"[digit]] = (byte)digit;
        }

        return table;
    }
}
