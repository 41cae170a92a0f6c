using System.Security.Cryptography;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>OCI's content address: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
internal static class Digest
{
    private const string Algorithm = "sha256:";

    public static string Of(ReadOnlySpan<byte> content) => Algorithm + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether a manifest reference is a digest; otherwise it is a tag.</summary>
    public static bool IsDigest(string reference) => reference.StartsWith(Algorithm, StringComparison.Ordinal);
}
