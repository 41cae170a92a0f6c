using System.Security.Cryptography;

namespace Containers.Telemetry.Identity;

/// <summary>A pseudonym of a project: 128 bits of HMAC-SHA256 of its identity. A list of likely names would reverse a plain hash.</summary>
public static class ProjectId
{
    private const int Bytes = 16;

    /// <summary>The pseudonym of a project, the same in every clone of its repository for all users of the same key.</summary>
    /// <param name="projectFile">Full path of the project file.</param>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public static string Compute(ProjectKey key, string projectFile) => Compute(key, ProjectIdentity.Of(projectFile));

    internal static string Compute(ProjectKey key, ProjectIdentity identity)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(identity.Text), hash);
        return Convert.ToHexString(hash[..Bytes]).ToLowerInvariant();
    }
}

/// <summary>The identity of a project: its path in a repository that others can clone, else its path on this machine.</summary>
/// <param name="Text">Names and paths of the user's; only ever to be hashed.</param>
internal readonly record struct ProjectIdentity(string Text)
{
    /// <summary>Finds the identity of a project; its path when its repository cannot be read. Never throws.</summary>
    /// <param name="projectFile">Full path of the project file.</param>
    public static ProjectIdentity Of(string projectFile)
    {
        try
        {
            if (GitRepository.Around(projectFile) is { OriginUrl: { } url } repository && RemoteUrl.Normalize(url) is { Length: > 0 } origin)
            {
                string path = Path.GetRelativePath(repository.Root, projectFile);
                return new ProjectIdentity(string.Concat("repository\n", origin, "\n", path.Replace('\\', '/')));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // An invalid path, or a repository that may not be read.
        }

        return new ProjectIdentity(string.Concat("path\n", projectFile));
    }
}
