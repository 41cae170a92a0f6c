using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events.Documentation;

/// <summary>Fields that are described together.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Summary">What the fields have in common and which events have them, in a sentence or two.</param>
/// <param name="Fields">The fields.</param>
public sealed record FieldGroup(string Title, string Summary, IReadOnlyList<EventField> Fields)
{
    /// <summary>All groups. Together they hold every field of the schema once.</summary>
    public static IReadOnlyList<FieldGroup> All { get; } =
    [
        new("Base image", "How the base image was chosen. In the event `sdk/container/inference`.", InferenceFields.All),
        new("Outcome", "Where the image came from, where it went, and why it did not get there. In the events `sdk/container/publish/success` and `sdk/container/publish/error`.", OutcomeFields.All),
        new("Details", "What only your own sinks get about a publish.", DetailFields.All),
        new("Identity", "Who published, and what, as pseudonyms. Never in the SDK's channel.", IdentityFields.All),
        new("Surroundings", "Where the publish ran. Never in the SDK's channel. In OTLP these are attributes of the resource.", SurroundingsFields.All),
    ];
}
