namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Exact percentiles: the nearest rank, so that each is a value that occurs.</summary>
internal static class Percentiles
{
    /// <summary>Returns the smallest value that at least the given percentage of all values do not exceed; null when there are none.</summary>
    /// <param name="sorted">The values in ascending order.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static long? Of(ReadOnlySpan<long> sorted, int percent) =>
        sorted.IsEmpty ? null : sorted[(int)((((long)sorted.Length * percent) + 99) / 100) - 1];
}
