using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Containers.Telemetry.Classification;

/// <summary>Reads <c>host[:port]</c>, the authority before the repository in an image reference.</summary>
internal static class RegistryAuthority
{
    /// <summary>The longest host name that DNS allows, and so the size of buffer that <see cref="TryNormalize"/> needs.</summary>
    public const int MaxHostLength = 253;

    private const int MaxPortDigits = 5;

    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

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

        if (authority.Length > MaxHostLength || !IsDottedLabels(authority))
        {
            return false;
        }

        Ascii.ToLower(authority, buffer, out int length);
        host = buffer[..length];
        return true;
    }

    /// <summary>Reads an authority whose host is an IPv6 literal in brackets. Allocates the address.</summary>
    /// <param name="authority">Any text.</param>
    /// <param name="address">The address, or null.</param>
    public static bool TryReadIPv6(ReadOnlySpan<char> authority, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        int end = authority.IndexOf(']');
        if (end < 0 || authority[0] != '[')
        {
            return false;
        }

        ReadOnlySpan<char> rest = authority[(end + 1)..];
        return (rest.IsEmpty || (rest[0] == ':' && TryReadPort(rest[1..], out _)))
            && IPAddress.TryParse(authority[1..end], out address)
            && address.AddressFamily is AddressFamily.InterNetworkV6;
    }

    /// <summary>Cuts off what users type by mistake around an authority: <c>https://</c> or <c>http://</c> before it, a path after it.</summary>
    public static ReadOnlySpan<char> WithoutSchemeAndPath(ReadOnlySpan<char> text)
    {
        int slash = text.IndexOf('/');
        if (slash < 0)
        {
            return text;
        }

        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            text = text[(slash + 2)..];
            slash = text.IndexOf('/');
        }

        return slash < 0 ? text : text[..slash];
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out int port)
    {
        port = 0;
        if (text.Length > MaxPortDigits || !DottedNumber.IsDigits(text))
        {
            return false;
        }

        port = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return port is > 0 and <= ushort.MaxValue;
    }

    private static bool IsDottedLabels(ReadOnlySpan<char> host) =>
        !host.IsEmpty
        && !host.ContainsAnyExcept(LabelCharacters)
        && host[0] != '.'
        && host[^1] != '.'
        && !host.Contains("..", StringComparison.Ordinal);
}

/// <summary>Parts of a host name in lower case, as <see cref="RegistryAuthority.TryNormalize"/> gives one.</summary>
internal static class HostName
{
    /// <summary>Whether the host ends with one of the suffixes. A suffix begins with a dot, so that it matches whole labels only.</summary>
    public static bool EndsWithAny(ReadOnlySpan<char> host, string[] suffixes)
    {
        foreach (string suffix in suffixes)
        {
            if (host.EndsWith(suffix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Cuts off a prefix; leaves the text as it is when it does not begin with it.</summary>
    public static bool TrySkip(ref ReadOnlySpan<char> text, string prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        text = text[prefix.Length..];
        return true;
    }

    /// <summary>Returns what follows the first dot; empty when there is none.</summary>
    public static ReadOnlySpan<char> AfterFirstLabel(ReadOnlySpan<char> host)
    {
        int dot = host.IndexOf('.');
        return dot < 0 ? default : host[(dot + 1)..];
    }
}
