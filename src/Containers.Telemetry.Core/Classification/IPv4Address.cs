using System.Globalization;

namespace Containers.Telemetry.Classification;

/// <summary>The first two bytes of an IPv4 address, which say what network it is of.</summary>
internal readonly record struct IPv4Address(byte First, byte Second)
{
    /// <summary>
    /// Reads four decimal numbers joined by dots, without leading zeros. (<see cref="System.Net.IPAddress"/> takes other forms, too, such
    /// as <c>1</c> and <c>0x7f.1</c>, and allocates.)
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, out IPv4Address address)
    {
        address = default;
        if (text.Count('.') != 3)
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[4];
        text.Split(parts, '.');
        if (!TryReadByte(text[parts[0]], out byte first)
            || !TryReadByte(text[parts[1]], out byte second)
            || !TryReadByte(text[parts[2]], out _)
            || !TryReadByte(text[parts[3]], out _))
        {
            return false;
        }

        address = new IPv4Address(first, second);
        return true;
    }

    private static bool TryReadByte(ReadOnlySpan<char> text, out byte value) =>
        byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && (text.Length == 1 || text[0] != '0');
}
