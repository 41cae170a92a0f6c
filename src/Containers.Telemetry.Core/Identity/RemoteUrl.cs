namespace Containers.Telemetry.Identity;

/// <summary>Brings the many ways to write where a repository is cloned from into one, so that clones of one repository agree.</summary>
internal static class RemoteUrl
{
    private const string SchemeEnd = "://";
    private const string Suffix = ".git";

    // Azure DevOps has other paths for ssh than for https.
    private const string AzureHost = "dev.azure.com";
    private const string AzureSshHost = "ssh.dev.azure.com";
    private const string AzureSshPrefix = "v3/";
    private const string AzurePathPart = "/_git/";

    /// <summary>
    /// Returns host and path, without scheme, credentials, the ports of ssh and https, and a trailing <c>.git</c>, the host in lower case;
    /// for a folder on this machine its path. Takes any text.
    /// </summary>
    public static string Normalize(string url)
    {
        ReadOnlySpan<char> text = url.AsSpan().Trim();
        int scheme = text.IndexOf(SchemeEnd);
        if (scheme >= 0)
        {
            text = text[(scheme + SchemeEnd.Length)..];
            int slash = text.IndexOf('/');
            return slash < 0 ? Join(text, []) : Join(text[..slash], text[slash..]);
        }

        // The short form of ssh: user@host:path. A single letter before the colon is a drive.
        int colon = text.IndexOf(':');
        int firstSlash = text.IndexOfAny('/', '\\');
        return colon > 1 && (firstSlash < 0 || colon < firstSlash) ? Join(text[..colon], text[(colon + 1)..]) : Join([], text);
    }

    private static string Join(ReadOnlySpan<char> authority, ReadOnlySpan<char> path)
    {
        string host = authority[(authority.LastIndexOf('@') + 1)..].ToString().ToLowerInvariant();
        host = WithoutPort(WithoutPort(host, ":22"), ":443").TrimEnd('.');

        // A path on this machine keeps its root, a path on a host has none.
        string place = WithoutSuffix(path).ToString().Replace('\\', '/');
        if (host.Length == 0)
        {
            return place;
        }

        place = place.TrimStart('/');
        if (host == AzureSshHost && place.StartsWith(AzureSshPrefix, StringComparison.Ordinal))
        {
            host = AzureHost;
            place = place[AzureSshPrefix.Length..];
        }
        else if (host == AzureHost)
        {
            place = place.Replace(AzurePathPart, "/", StringComparison.Ordinal);
        }

        return string.Concat(host, "/", place);
    }

    private static string WithoutPort(string host, string port) =>
        host.EndsWith(port, StringComparison.Ordinal) ? host[..^port.Length] : host;

    private static ReadOnlySpan<char> WithoutSuffix(ReadOnlySpan<char> path)
    {
        ReadOnlySpan<char> trimmed = path.TrimEnd("/\\");
        return trimmed.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? trimmed[..^Suffix.Length].TrimEnd("/\\") : trimmed;
    }
}
