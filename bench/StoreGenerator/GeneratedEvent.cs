using Containers.Telemetry.Events;

namespace Containers.Telemetry.StoreGenerator;

/// <summary>An event, and the publish that it belongs to.</summary>
internal readonly record struct GeneratedEvent(ContainerEvent Event, Guid PublishId);
