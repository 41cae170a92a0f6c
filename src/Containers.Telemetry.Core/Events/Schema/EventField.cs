namespace Containers.Telemetry.Events.Schema;

/// <summary>One field of the schema: its meaning and its allowed values.</summary>
/// <param name="name">The name in sinks that the user owns.</param>
/// <param name="attribute">The name of its OpenTelemetry attribute.</param>
/// <param name="kind">The kind of its values.</param>
/// <param name="description">One sentence.</param>
/// <param name="example">A value as it is written.</param>
public sealed class EventField(string name, string attribute, FieldKind kind, string description, string example)
{
    /// <summary>The unit of sizes.</summary>
    public const string Bytes = "bytes";

    /// <summary>The name in sinks that the user owns.</summary>
    public string Name { get; } = name;

    /// <summary>The kind of its values.</summary>
    public FieldKind Kind { get; } = kind;

    /// <summary>Its meaning, in one sentence.</summary>
    public string Description { get; } = description;

    /// <summary>A value as it is written.</summary>
    public string Example { get; } = example;

    /// <summary>The key in the SDK's channel (MSBuild's LogTelemetry); null for a field that is never put there.</summary>
    public string? SdkKey { get; init; }

    /// <summary>The allowed values as the SDK's channel names them, in the order of <see cref="AllowedValues"/>; empty where the names are the same.</summary>
    public string[] SdkValues { get; init; } = [];

    /// <summary>The separator of several values in the SDK's channel.</summary>
    public char SdkSeparator { get; init; } = ';';

    /// <summary>The name of the OpenTelemetry attribute: a semantic convention's where there is one, else one of ours.</summary>
    public string Attribute { get; } = attribute;

    /// <summary>The allowed values as the semantic convention names them, in the order of <see cref="AllowedValues"/>; empty where the names are the same. An empty name leaves the attribute out.</summary>
    public string[] AttributeValues { get; init; } = [];

    /// <summary>The attribute of ours that has the values that the convention of <see cref="Attribute"/> does not cover; null where it covers all.</summary>
    public string? OwnAttribute { get; init; }

    /// <summary>The <see cref="AllowedValues"/> that <see cref="OwnAttribute"/> has.</summary>
    public string[] OwnAttributeValues { get; init; } = [];

    /// <summary>Whether it describes where events come from (an attribute of the OpenTelemetry resource) and not the event itself.</summary>
    public bool IsResource { get; init; }

    /// <summary>The values of a <see cref="FieldKind.Choice"/> or of <see cref="FieldKind.Choices"/>.</summary>
    public string[] AllowedValues { get; init; } = [];

    /// <summary>The unit of a count, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The version of the package that first collected it.</summary>
    public string Since { get; init; } = "0.1.0";

    /// <summary>Returns the name of the attribute that has a value of this field.</summary>
    public string AttributeOf(string value) => OwnAttribute is { } own && Array.IndexOf(OwnAttributeValues, value) >= 0 ? own : Attribute;
}

/// <summary>
/// The closed kinds of values. There is deliberately no kind for free text: whatever a user typed, no field can carry it.
/// </summary>
public enum FieldKind
{
    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number, not negative.</summary>
    Count,

    /// <summary>One of <see cref="EventField.AllowedValues"/>.</summary>
    Choice,

    /// <summary>Any number of <see cref="EventField.AllowedValues"/>.</summary>
    Choices,

    /// <summary>A product version: up to four bounded numbers and a pre-release label of known words.</summary>
    Version,

    /// <summary>The version of a target framework, such as 10.0.</summary>
    TargetFramework,

    /// <summary>A runtime identifier of known parts, or <c>other</c>.</summary>
    RuntimeIdentifier,

    /// <summary>Any number of runtime identifiers.</summary>
    RuntimeIdentifiers,

    /// <summary>The name of a base image that Microsoft publishes.</summary>
    BaseImage,

    /// <summary>A tag of the form that Microsoft publishes for its base images.</summary>
    BaseImageTag,

    /// <summary>A ContainerFamily that Microsoft publishes.</summary>
    ContainerFamily,

    /// <summary>A diagnostic code: one of the SDK's container tools that is known, or MSB or NETSDK and four digits.</summary>
    DiagnosticCode,

    /// <summary>A random identifier (UUID).</summary>
    Identifier,

    /// <summary>A hash made with a secret key: 32 lower-case hexadecimal digits.</summary>
    KeyedHash,

    /// <summary>A moment, UTC.</summary>
    Timestamp,
}

/// <summary>The OpenTelemetry attributes that no semantic convention has a name for.</summary>
public static class AttributeNames
{
    /// <summary>The prefix of our own attributes.</summary>
    public const string Prefix = "containers_telemetry.";
}
