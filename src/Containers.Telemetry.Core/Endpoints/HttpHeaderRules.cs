namespace Containers.Telemetry.Endpoints;

/// <summary>What HTTP allows in a header that a user adds to a request (RFC 9110, section 5).</summary>
internal static class HttpHeaderRules
{
    // Those that the exporter sets itself, and those that belong to a connection instead of a request.
    private static readonly string[] Reserved =
    [
        "Connection",
        "Content-Encoding",
        "Content-Length",
        "Content-Type",
        "Expect",
        "Host",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
    ];

    /// <summary>Whether a request may have the header.</summary>
    public static bool IsAllowed(NamedValue header) => IsToken(header.Name) && !IsReserved(header.Name) && IsFieldValue(header.Value);

    private static bool IsToken(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && "!#$%&'*+-.^_`|~".IndexOf(c, StringComparison.Ordinal) < 0)
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private static bool IsFieldValue(string value)
    {
        foreach (char c in value)
        {
            if (c is (< ' ' and not '\t') or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsReserved(string name)
    {
        foreach (string reserved in Reserved)
        {
            if (name.Equals(reserved, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
