using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Counts all publishes.</summary>
internal sealed class WholeTally : IRowVisitor
{
    public Tally Tally { get; } = new();

    public void Visit(PublishRow row) => Tally.Add(row);
}
