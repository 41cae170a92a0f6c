using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Publishes, with equal ones merged into one row.</summary>
/// <param name="Rows">The rows. The time of a failure has the right day; the time of any other row is somewhere in the period.</param>
/// <param name="CountOf">Returns the number of publishes of a row.</param>
internal sealed record AlikePublishes(PublishSelection Rows, Func<PublishRow, long> CountOf);
