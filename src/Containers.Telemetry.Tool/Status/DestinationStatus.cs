using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;

namespace Containers.Telemetry.Tool.Status;

/// <param name="Destination">The endpoint; null if the endpoints cannot be read.</param>
/// <param name="Outbox">Its status; null if it cannot be read.</param>
/// <param name="Fault">Why it cannot be read, or null.</param>
internal sealed record DestinationStatus(OtlpDestination? Destination, OutboxStatus? Outbox, string? Fault);
