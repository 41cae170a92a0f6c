using Containers.Telemetry.Export;

namespace Containers.Telemetry.Tool.Status;

/// <summary>What waits to be sent to one endpoint.</summary>
/// <param name="Destination">The endpoint.</param>
/// <param name="Outbox">What waits.</param>
internal sealed record DestinationStatus(OtlpDestination Destination, OutboxStatus Outbox);
