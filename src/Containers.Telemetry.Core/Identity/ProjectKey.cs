using System.Security.Cryptography;
using System.Text;
using Containers.Telemetry.Settings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Identity;

/// <summary>
/// The secret that links a project id to its project: random and of one user, or shared by the machines of
/// an organization that wants its projects to have the same ids everywhere.
/// </summary>
public sealed class ProjectKey
{
    /// <summary>The least length of an organization's key, in characters.</summary>
    public const int MinTextLength = 16;

    private const string FileName = "project-key";
    private const int Bytes = 32;

    private readonly byte[] _key;

    private ProjectKey(byte[] key) => _key = key;

    internal ReadOnlySpan<byte> Value => _key;

    /// <summary>The user's own key, from the file <c>project-key</c> of the configuration folder; a new one on first use.</summary>
    /// <returns>Null when there is none that could be kept.</returns>
    public static ProjectKey? OfUser(ConfigFolder folder) =>
        Parse(folder.File(FileName).Ensure(static text => Parse(text) is not null, NewText, out _));

    /// <summary>Makes a key of what an organization has set.</summary>
    /// <param name="text">The value of the property <c>ContainersTelemetryProjectKey</c>.</param>
    /// <param name="problem">What is wrong with it; null when nothing is.</param>
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

    private static string NewText() => Convert.ToHexString(RandomNumberGenerator.GetBytes(Bytes)) + "\n";

    private static ProjectKey? Parse(string? text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        if (digits.Length != 2 * Bytes)
        {
            return null;
        }

        foreach (char digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return null;
            }
        }

        return new ProjectKey(Convert.FromHexString(digits));
    }
}
