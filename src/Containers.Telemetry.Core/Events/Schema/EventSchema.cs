namespace Containers.Telemetry.Events.Schema;

/// <summary>Every field that can ever be written. What is not here does not exist.</summary>
public static class EventSchema
{
    /// <summary>The version of the schema. Raised when a field changes its meaning; a new field does not raise it.</summary>
    public const int Version = 1;

    /// <summary>All fields, each once.</summary>
    public static IReadOnlyList<EventField> Fields { get; } = [.. InferenceFields.All, .. OutcomeFields.All, .. DetailFields.All, .. IdentityFields.All, .. SurroundingsFields.All];
}
