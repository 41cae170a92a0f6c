using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>The number of publishes of each user, or of each project.</summary>
internal static class IdentityCounts
{
    /// <summary>Returns the counts in ascending order. Publishes without the identity are not counted.</summary>
    public static long[] Of(PublishSelection selection, IdentifierColumn column)
    {
        int[] counts = new int[column.Identifiers.Limit];
        for (int index = 0; index < selection.Count; index++)
        {
            counts[column.Read(selection[index])]++;
        }

        return [.. counts.Skip(1).Where(static count => count > 0).Select(static count => (long)count).Order()];
    }
}
