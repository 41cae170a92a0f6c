using Containers.Telemetry.Characters;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Identity;

/// <summary>The Git repository of a file, by its configuration.</summary>
/// <param name="Root">Full path of the working tree.</param>
/// <param name="OriginUrl">URL of the remote named origin, as it was configured; null for none.</param>
internal sealed record GitRepository(string Root, string? OriginUrl)
{
    private const int MaxDepth = 64;
    private const int MaxPointerBytes = 4096;
    private const int MaxConfigBytes = 64 * 1024;

    /// <summary>Finds the innermost repository around a file; null for none.</summary>
    /// <exception cref="IOException">A file of the repository cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, without permission.</exception>
    /// <exception cref="ArgumentException">The path is invalid.</exception>
    public static GitRepository? Around(string file)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(file));
        for (int depth = 0; folder is not null && depth < MaxDepth; depth++)
        {
            if (GitFolderOf(folder) is { } git)
            {
                string config = Path.Combine(CommonFolderOf(git), "config");
                return new GitRepository(folder, PlainFile.ReadStart(config, MaxConfigBytes) is { } text ? GitConfig.OriginUrl(text) : null);
            }

            folder = Path.GetDirectoryName(folder);
        }

        return null;
    }

    /// <summary>The folder of the repository's data: .git, or where the file .git of a worktree or submodule points to.</summary>
    private static string? GitFolderOf(string folder)
    {
        const string Pointer = "gitdir:";

        string git = Path.Combine(folder, ".git");
        if (Directory.Exists(git))
        {
            return git;
        }

        ReadOnlySpan<char> text = PlainFile.ReadStart(git, MaxPointerBytes).AsSpan().Trim();
        return text.StartsWith(Pointer, StringComparison.Ordinal) ? Path.GetFullPath(text[Pointer.Length..].Trim().ToString(), folder) : null;
    }

    /// <summary>The folder that all worktrees of a repository share, and that has the configuration.</summary>
    private static string CommonFolderOf(string git)
    {
        string pointer = Path.Combine(git, "commondir");
        return PlainFile.ReadStart(pointer, MaxPointerBytes) is { } text ? Path.GetFullPath(text.Trim(), git) : git;
    }
}

/// <summary>Reads the one needed value of Git's configuration format. Included files are not read.</summary>
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
            ReadOnlySpan<char> line = config.TakeUntil('\n').Trim();
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

    /// <summary>The section's name is case-insensitive, the remote's is not.</summary>
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

/// <summary>Normalizes the URL that a repository is cloned from, so that clones of one repository agree.</summary>
internal static class RemoteUrl
{
    private const string SchemeEnd = "://";
    private const string Suffix = ".git";

    // Azure DevOps has other paths for ssh than for https.
    private const string AzureHost = "dev.azure.com";
    private const string AzureSshHost = "ssh.dev.azure.com";
    private const string AzureSshPrefix = "v3/";
    private const string AzurePathPart = "/_git/";

    /// <summary>Returns the host in lower case and the path, without usual ports and <c>.git</c>; of a local folder its path. Accepts any text.</summary>
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
