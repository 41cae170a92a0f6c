namespace Containers.Telemetry.Classification;

/// <summary>Reduces a target framework's version to its reported form.</summary>
internal static class TargetFrameworks
{
    private const int MaxNumber = 99;
    private const string MonikerPrefix = "net";

    /// <summary>Returns the first two parts of a version.</summary>
    /// <param name="version">Two to four dotted numbers, as in <c>TargetFrameworkVersion</c>; optionally after a <c>v</c>.</param>
    /// <returns>For example <c>10.0</c>; null for other text, and for a version that no target framework can have.</returns>
    public static string? MajorMinor(string? version)
    {
        ReadOnlySpan<char> text = version;
        if (text is ['v', ..])
        {
            text = text[1..];
        }

        return DottedNumber.IsMatch(text, 2, 4) && Version.Parse(text) is { Major: > 0 and <= MaxNumber, Minor: <= MaxNumber } parsed
            ? parsed.ToString(2)
            : null;
    }

    /// <summary>Returns the moniker of a version from <see cref="MajorMinor"/>, such as <c>net10.0</c>.</summary>
    public static string Moniker(string majorMinor) => MonikerPrefix + majorMinor;

    /// <summary>Returns the version of a moniker; null if it is not a moniker.</summary>
    public static string? FromMoniker(string moniker) => moniker.StartsWith(MonikerPrefix, StringComparison.Ordinal) ? moniker[MonikerPrefix.Length..] : null;
}
