namespace Containers.Telemetry.Identity;

/// <summary>Reads the one thing that is needed from Git's configuration format. Files that it includes are not followed.</summary>
internal static class GitConfig
{
    private const string Section = "[remote \"origin\"]";
    private const string SectionName = "[remote";

    /// <summary>The URL that Git fetches from: the first of the remote named origin; null for none.</summary>
    public static string? OriginUrl(ReadOnlySpan<char> config)
    {
        bool inSection = false;
        while (!config.IsEmpty)
        {
            int end = config.IndexOf('\n');
            ReadOnlySpan<char> line = (end < 0 ? config : config[..end]).Trim();
            config = end < 0 ? [] : config[(end + 1)..];

            if (line.StartsWith("["))
            {
                int close = line.IndexOf(']');
                inSection = close >= 0 && IsOrigin(line[..(close + 1)]);
                line = close < 0 ? [] : line[(close + 1)..].TrimStart();
            }

            if (inSection && UrlOf(line) is { } url)
            {
                return url;
            }
        }

        return null;
    }

    /// <summary>The section's name is the same in any case, the remote's is not.</summary>
    private static bool IsOrigin(ReadOnlySpan<char> header) =>
        header.Length == Section.Length
        && header.StartsWith(SectionName, StringComparison.OrdinalIgnoreCase)
        && header[SectionName.Length..].SequenceEqual(Section.AsSpan(SectionName.Length));

    private static string? UrlOf(ReadOnlySpan<char> line)
    {
        int equals = line.IndexOf('=');
        if (equals < 0 || !line[..equals].TrimEnd().Equals("url", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        ReadOnlySpan<char> value = line[(equals + 1)..].Trim();
        if (value.Length > 1 && value[0] == '"' && value[1..].IndexOf('"') is >= 0 and var quote)
        {
            value = value.Slice(1, quote);
        }
        else if (value.IndexOfAny('#', ';') is >= 0 and var comment)
        {
            value = value[..comment].TrimEnd();
        }

        return value.IsEmpty ? null : value.ToString();
    }
}
