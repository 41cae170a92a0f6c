using System.Text;

namespace Containers.Telemetry.Endpoints;

/// <summary>Percent-encoding as RFC 3986 has it, over UTF-8.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a text.</summary>
    /// <returns>The text, or null when a percent sign is not followed by two hex digits or the bytes are not UTF-8.</returns>
    public static string? TryDecode(ReadOnlySpan<char> text)
    {
        if (text.IndexOf('%') < 0)
        {
            return text.ToString();
        }

        try
        {
            byte[] encoded = new byte[Strict.GetByteCount(text)];
            int length = Decode(encoded.AsSpan(0, Strict.GetBytes(text, encoded)));
            return length < 0 ? null : Strict.GetString(encoded, 0, length);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // In place: what is decoded is never longer than what it is read from.
    private static int Decode(Span<byte> bytes)
    {
        int length = 0;

        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = bytes[i];

            if (value == (byte)'%')
            {
                if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
                {
                    return -1;
                }

                value = (byte)((HexValue(bytes[i + 1]) << 4) | HexValue(bytes[i + 2]));
                i += 2;
            }

            bytes[length++] = value;
        }

        return length;
    }

    private static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
