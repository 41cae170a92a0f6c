using System.Security.Cryptography;

namespace Containers.Telemetry.Fleet.Schema;

/// <summary>Identifies statements, independent of the names of the database and of the cluster.</summary>
internal static class StatementChecksum
{
    private const int Length = 16;

    /// <summary>The placeholder layout for checksums.</summary>
    public static readonly FleetLayout AnyLayout = new("database", null);

    /// <summary>Returns the first hexadecimal digits of the SHA-256 of statements.</summary>
    public static string Of(params IEnumerable<string> statements) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', statements))))[..Length];
}
