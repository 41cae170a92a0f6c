namespace Containers.Telemetry.Events.Schema;

/// <summary>One field of the schema: what it means and what may stand in it.</summary>
/// <param name="name">The name in sinks that the user owns.</param>
/// <param name="kind">What values it takes.</param>
/// <param name="description">One sentence.</param>
/// <param name="example">A value as it is written.</param>
public sealed class EventField(string name, FieldKind kind, string description, string example)
{
    /// <summary>The name in sinks that the user owns.</summary>
    public string Name { get; } = name;

    /// <summary>What values it takes.</summary>
    public FieldKind Kind { get; } = kind;

    /// <summary>What it means, in one sentence.</summary>
    public string Description { get; } = description;

    /// <summary>A value as it is written.</summary>
    public string Example { get; } = example;

    /// <summary>The key in the SDK's channel (MSBuild's LogTelemetry); null for a field that is never put there.</summary>
    public string? SdkKey { get; init; }

    /// <summary>What an allowed value is called in the SDK's channel, in the order of <see cref="AllowedValues"/>; empty where it is called the same.</summary>
    public string[] SdkValues { get; init; } = [];

    /// <summary>What separates several values in the SDK's channel.</summary>
    public char SdkSeparator { get; init; } = ';';

    /// <summary>The name of the OpenTelemetry attribute: a semantic convention's where there is one, else one of ours.</summary>
    public string Attribute { get; init; } = "";

    /// <summary>What an allowed value is called in the semantic convention, in the order of <see cref="AllowedValues"/>; empty where it is called the same. An empty name leaves the attribute out.</summary>
    public string[] AttributeValues { get; init; } = [];

    /// <summary>Whether it describes where events come from (an attribute of the OpenTelemetry resource) and not the event itself.</summary>
    public bool IsResource { get; init; }

    /// <summary>The values of a <see cref="FieldKind.Choice"/> or of <see cref="FieldKind.Choices"/>.</summary>
    public string[] AllowedValues { get; init; } = [];

    /// <summary>The unit of a count, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The version of the package that first collected it.</summary>
    public string Since { get; init; } = "0.1.0";
}
