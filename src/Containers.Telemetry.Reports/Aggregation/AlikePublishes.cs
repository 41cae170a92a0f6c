using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Publishes, of which those that are alike may be one row.</summary>
/// <param name="Rows">The rows. The time of a row that is no failure is any in the period; a failure's has its day.</param>
/// <param name="CountOf">Returns how many publishes a row is.</param>
internal sealed record AlikePublishes(PublishSelection Rows, Func<PublishRow, long> CountOf);
