using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>How many publishes each user has, or each project.</summary>
internal static class IdentityCounts
{
    /// <summary>Returns the counts in ascending order. Publishes without the identity have no part in it.</summary>
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
