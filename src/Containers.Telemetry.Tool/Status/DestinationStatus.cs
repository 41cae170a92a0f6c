using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;

namespace Containers.Telemetry.Tool.Status;

/// <summary>The outbox of one endpoint.</summary>
/// <param name="Destination">The endpoint; null where not even the endpoints can be read.</param>
/// <param name="Outbox">What waits; null where that cannot be read.</param>
/// <param name="Fault">Why it cannot be read, or null.</param>
internal sealed record DestinationStatus(OtlpDestination? Destination, OutboxStatus? Outbox, string? Fault);
