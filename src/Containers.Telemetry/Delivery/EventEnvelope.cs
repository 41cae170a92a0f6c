using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Delivery;

/// <summary>The fields that begin every event in the user's own sinks.</summary>
internal static class EventEnvelope
{
    /// <summary>Gives an event its identifier, its publish and its time.</summary>
    public static void AddTo(ContainerEvent containerEvent, Guid publishId)
    {
        containerEvent.Set(DetailFields.EventId, UuidV7.Create());
        containerEvent.Set(DetailFields.PublishId, publishId);
        containerEvent.Set(DetailFields.SchemaVersion, EventSchema.Version);
        containerEvent.Set(DetailFields.Time, DateTimeOffset.UtcNow);
    }
}
