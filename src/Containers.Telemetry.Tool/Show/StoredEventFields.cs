using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Show;

/// <summary>The fields of events that join them.</summary>
internal static class StoredEventFields
{
    /// <summary>What is the same when the event is delivered again; null for an event without.</summary>
    public static Guid? EventId(this StoredEvent stored) => Identifier(stored, DetailFields.EventId);

    /// <summary>What is the same in all events of a publish; null for an event without.</summary>
    public static Guid? PublishId(this StoredEvent stored) => Identifier(stored, DetailFields.PublishId);

    /// <summary>Whether the publish ended with this event.</summary>
    public static bool EndsPublish(this StoredEvent stored) => stored.Event.Find(DetailFields.EndsPublish) is true;

    /// <summary>Whether the event is part of a publish, not of what targets of other packages do.</summary>
    public static bool IsOfPublish(this StoredEvent stored) => stored.Event.Name is EventNames.Inference or EventNames.Success or EventNames.Error;

    private static Guid? Identifier(StoredEvent stored, EventField field) =>
        stored.Event.Find(field) is string text && Guid.TryParse(text, out Guid identifier) ? identifier : null;
}
