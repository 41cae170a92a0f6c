using Containers.Telemetry.Delivery;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Publishing;

/// <summary>Adds the fields for the user's own sinks to an event of a publish.</summary>
internal static class EventDetails
{
    /// <summary>Adds identity, timing, use and surroundings, and returns the event.</summary>
    public static ContainerEvent Complete(ContainerEvent containerEvent, ContainerPublish publish)
    {
        FaultInjection.Point("details");
        EventEnvelope.AddTo(containerEvent, publish.Id);
        containerEvent.Set(DetailFields.Observation, publish.Settings.IsBracketed ? "bracketed" : "observed");
        containerEvent.Set(DetailFields.Duration, (long)publish.DurationOf(containerEvent).TotalMilliseconds);
        if (!publish.IsInner)
        {
            // The SDK passes its own settings to the build of one image of several.
            containerEvent.Set(DetailFields.FeaturesUsed, publish.Settings.FeaturesUsed);
        }

        containerEvent.Set(DetailFields.Invocation, publish.Settings.Invocation);
        publish.Telemetry?.Describe(containerEvent);
        return containerEvent;
    }
}
