using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Counts publishes by user or by project.</summary>
internal sealed class IdentityCounts(IdentifierColumn column) : IRowVisitor
{
    private readonly int[] _counts = new int[column.Identifiers.Limit];

    /// <summary>How many different ones there are.</summary>
    public long Distinct => _counts.LongCount(static count => count > 0);

    /// <summary>How many publishes each has, in ascending order.</summary>
    public long[] Sorted() => [.. _counts.Where(static count => count > 0).Select(static count => (long)count).Order()];

    public void Visit(PublishRow row)
    {
        long number = column.Read(row);
        if (number != 0)
        {
            _counts[number]++;
        }
    }
}
