using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>The order of versions: number by number, a pre-release before its release.</summary>
internal static class VersionOrder
{
    private static readonly string[] PreReleases = ["alpha", "beta", "preview", "rc"];

    public static bool Applies(ReportField field) => field.SchemaField?.Kind is FieldKind.Version or FieldKind.TargetFramework or FieldKind.BaseImageTag;

    /// <summary>Whether a text is a version, and so has an order.</summary>
    public static bool IsVersion(string text) => WithoutPrefix(text) is [>= '0' and <= '9', ..];

    /// <summary>Whether two values of a field are in an order. The tag of an image has that of its version: <c>10.0-alpine</c> is 10.0.</summary>
    public static bool Accepts(ReportField field, ComparisonOperator comparison, string value, string limit) =>
        IsVersion(value) && comparison.Accepts(Compare(value, limit, areTags: field.SchemaField?.Kind is FieldKind.BaseImageTag));

    /// <summary>Returns a negative number if the first version is smaller, a positive one if it is larger, else 0.</summary>
    private static int Compare(string first, string second, bool areTags)
    {
        string[] one = Parts(first, areTags);
        string[] other = Parts(second, areTags);
        for (int i = 0; i < Math.Max(one.Length, other.Length); i++)
        {
            int order = ComparePart(i < one.Length ? one[i] : "", i < other.Length ? other[i] : "");
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static string[] Parts(string version, bool isTag)
    {
        string[] parts = WithoutPrefix(version).Split('.', '-');
        return isTag ? [.. parts.TakeWhile(static part => NumberOf(part) is not null || PreReleases.Contains(part, StringComparer.OrdinalIgnoreCase))] : parts;
    }

    private static string WithoutPrefix(string version) => version.StartsWith("net", StringComparison.OrdinalIgnoreCase) ? version[3..] : version;

    // A missing part counts as 0, and so comes after a label such as preview.
    private static int ComparePart(string first, string second) => (NumberOf(first), NumberOf(second)) switch
    {
        ({ } one, { } other) => one.CompareTo(other),
        (null, null) => string.CompareOrdinal(first, second),
        (null, _) => -1,
        _ => 1,
    };

    private static long? NumberOf(string part) =>
        part.Length == 0 ? 0 : long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
