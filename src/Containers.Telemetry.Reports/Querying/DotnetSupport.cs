namespace Containers.Telemetry.Reports.Querying;

/// <summary>
/// When the support of .NET versions ends. From <c>releases-index.json</c> of the dotnet/core repository (<c>eol-date</c>), and for .NET 10
/// and 11 from the .NET support policy (dotnet.microsoft.com/platform/support/policy), both as of 2026. A test fails when .NET itself is
/// newer than the table.
/// </summary>
public static class DotnetSupport
{
    private static readonly Dictionary<string, DateOnly> Ends = new(StringComparer.Ordinal)
    {
        ["1.0"] = new(2019, 6, 27),
        ["1.1"] = new(2019, 6, 27),
        ["2.0"] = new(2018, 10, 1),
        ["2.1"] = new(2021, 8, 21),
        ["2.2"] = new(2019, 12, 23),
        ["3.0"] = new(2020, 3, 3),
        ["3.1"] = new(2022, 12, 13),
        ["5.0"] = new(2022, 5, 10),
        ["6.0"] = new(2024, 11, 12),
        ["7.0"] = new(2024, 5, 14),
        ["8.0"] = new(2026, 11, 10),
        ["9.0"] = new(2026, 11, 10),
        ["10.0"] = new(2028, 11, 14),
        ["11.0"] = new(2028, 11, 14),
    };

    /// <summary>Returns the last day of support; null when it is not known.</summary>
    /// <param name="version">A version of .NET or of its SDK, or a tag of one of its images, such as <c>10.0</c>.</param>
    public static DateOnly? EndOf(string version)
    {
        int dot = version.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1)
        {
            return null;
        }

        int end = dot + 1;
        while (end < version.Length && char.IsAsciiDigit(version[end]))
        {
            end++;
        }

        return Ends.TryGetValue(version[..end], out DateOnly day) ? day : null;
    }

    /// <summary>Returns whether a version is supported on a day: <c>supported</c>, <c>ended</c>, or null when it is not known.</summary>
    public static string? StateOf(string version, DateOnly day) =>
        EndOf(version) is { } end ? end < day ? "ended" : "supported" : null;
}
