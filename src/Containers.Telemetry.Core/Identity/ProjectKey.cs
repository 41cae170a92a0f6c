using System.Security.Cryptography;
using Containers.Telemetry.Characters;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Identity;

/// <summary>The secret that links a project id to its project: random for each user, or one of an organization for the same ids everywhere.</summary>
public sealed class ProjectKey
{
    /// <summary>The least length of an organization's key, in characters.</summary>
    public const int MinTextLength = 16;

    internal const int RandomTextLength = 64;

    private readonly byte[] _key;

    private ProjectKey(byte[] key) => _key = key;

    internal ReadOnlySpan<byte> Value => _key;

    /// <summary>Creates a key from an organization's setting.</summary>
    /// <param name="text">The value of the property <c>ContainersTelemetryProjectKey</c>.</param>
    /// <param name="problem">Its problem; null when it is valid.</param>
    /// <returns>Null when the text is too short to be a secret.</returns>
    public static ProjectKey? FromText(string text, out SettingProblem? problem)
    {
        string key = text.Trim();
        if (key.Length < MinTextLength)
        {
            problem = Diagnostics.ProjectKey.Problem(MinTextLength);
            return null;
        }

        problem = null;
        return new ProjectKey(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>Creates the text of a random key, in hexadecimal digits.</summary>
    internal static string RandomText() => RandomNumberGenerator.GetHexString(RandomTextLength);

    internal static bool IsRandomText(ReadOnlySpan<char> text) => text.Length == RandomTextLength && text.ContainsOnly(char.IsAsciiHexDigit);

    /// <summary>Reads the text of a random key; null for any other text.</summary>
    internal static ProjectKey? Parse(ReadOnlySpan<char> text) => IsRandomText(text) ? new ProjectKey(Convert.FromHexString(text)) : null;
}
