using System.Globalization;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>The order of versions: number by number, a pre-release before its release.</summary>
internal static class VersionOrder
{
    /// <summary>Whether a field's values are versions.</summary>
    public static bool Applies(ReportField field) => field.SchemaField?.Kind is FieldKind.Version or FieldKind.TargetFramework or FieldKind.BaseImageTag;

    /// <summary>Returns a negative number if the first version is smaller, a positive one if it is larger, else 0.</summary>
    public static int Compare(string first, string second)
    {
        string[] one = Parts(first);
        string[] other = Parts(second);
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

    private static string[] Parts(string version) => (version.StartsWith("net", StringComparison.OrdinalIgnoreCase) ? version[3..] : version).Split('.', '-');

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
