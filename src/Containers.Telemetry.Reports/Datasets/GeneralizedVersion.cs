namespace Containers.Telemetry.Reports.Datasets;

internal static class GeneralizedVersion
{
    /// <summary>10.0.401 becomes 10.0.4xx.</summary>
    public static string FeatureBand(string version)
    {
        int patch = version.LastIndexOf('.') + 1;
        int end = patch;
        while (end < version.Length && char.IsAsciiDigit(version[end]))
        {
            end++;
        }

        return patch > 0 && end == patch + 3 ? version[..(patch + 1)] + "xx" : Dotnet(version);
    }

    /// <summary>10.0.401 and 10.0-noble-chiseled become 10.0.</summary>
    public static string Dotnet(string version)
    {
        int dots = 0;
        int end = 0;
        while (end < version.Length && (char.IsAsciiDigit(version[end]) || (version[end] == '.' && ++dots < 2)))
        {
            end++;
        }

        return version[..end].TrimEnd('.') is { Length: > 0 } number ? number : version.Length == 0 ? "" : GeneralizedColumn.Anything;
    }
}
