namespace Containers.Telemetry.Classification;

/// <summary>Reads <c>host[:port]</c>, the authority that stands before the repository in an image reference.</summary>
internal static class RegistryAuthority
{
    /// <summary>The longest host name that DNS allows, and so the size of buffer that <see cref="TryNormalize"/> needs.</summary>
    public const int MaxHostLength = 253;

    private const int MaxPortDigits = 5;

    /// <summary>Splits an authority into a host name in lower case without the root's trailing dot, and a port.</summary>
    /// <param name="authority">Any text.</param>
    /// <param name="buffer">Room for the host, at least <see cref="MaxHostLength"/> characters.</param>
    /// <param name="host">The host name, within <paramref name="buffer"/>.</param>
    /// <param name="port">1 to 65535, or 0 when none is given.</param>
    /// <returns>False for an IP literal in brackets, and for text that is not a host name of ASCII labels with an optional port.</returns>
    public static bool TryNormalize(ReadOnlySpan<char> authority, Span<char> buffer, out ReadOnlySpan<char> host, out int port)
    {
        host = default;
        port = 0;

        int colon = authority.IndexOf(':');
        if (colon >= 0)
        {
            if (!TryReadPort(authority[(colon + 1)..], out port))
            {
                return false;
            }

            authority = authority[..colon];
        }

        if (authority is [.., '.'])
        {
            authority = authority[..^1];
        }

        if (authority.Length is 0 or > MaxHostLength || !TryLowerLabels(authority, buffer))
        {
            return false;
        }

        host = buffer[..authority.Length];
        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        if (text.Length is 0 or > MaxPortDigits)
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }

            port = (port * 10) + (c - '0');
        }

        return port is > 0 and <= ushort.MaxValue;
    }

    private static bool TryLowerLabels(ReadOnlySpan<char> host, Span<char> destination)
    {
        char previous = '.';
        for (int i = 0; i < host.Length; i++)
        {
            char c = host[i];
            if (char.IsAsciiLetterUpper(c))
            {
                c = (char)(c | 0x20);
            }
            else if (c == '.' ? previous == '.' : !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }

            destination[i] = c;
            previous = c;
        }

        return previous != '.';
    }
}
