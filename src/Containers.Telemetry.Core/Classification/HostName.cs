namespace Containers.Telemetry.Classification;

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
