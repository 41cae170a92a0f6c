using System.Security.Cryptography;
using System.Text;

namespace Containers.Telemetry.Identity;

/// <summary>
/// A pseudonym of a project: HMAC-SHA256 of what the project is known by, cut to 128 bits. Never a plain hash, which a list of likely
/// names would undo.
/// </summary>
public static class ProjectId
{
    private const int Bytes = 16;

    /// <summary>The pseudonym of a project, the same in every clone of its repository for all users of the same key.</summary>
    /// <param name="key">The secret.</param>
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
