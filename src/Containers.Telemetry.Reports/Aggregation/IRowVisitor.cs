using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Visits every selected publish, ordered by user.</summary>
internal interface IRowVisitor
{
    /// <summary>Visits a publish.</summary>
    void Visit(PublishRow row);
}
