namespace Containers.Telemetry.Events.Schema;

/// <summary>One field of the schema: its meaning and its allowed values.</summary>
/// <param name="attribute">The name of its OpenTelemetry attribute.</param>
/// <param name="description">One sentence.</param>
/// <param name="example">An example of a value.</param>
public sealed class EventField(string name, string attribute, FieldKind kind, string description, string example)
{
    /// <summary>The unit of sizes.</summary>
    public const string Bytes = "bytes";

    /// <summary>The name in the user's own sinks.</summary>
    public string Name { get; } = name;

    public FieldKind Kind { get; } = kind;

    /// <summary>Its meaning, in one sentence.</summary>
    public string Description { get; } = description;

    public string Example { get; } = example;

    /// <summary>The key in the SDK's channel (MSBuild's LogTelemetry); null for a field that is never put there.</summary>
    public string? SdkKey { get; init; }

    /// <summary>The allowed values in the SDK's channel, in the order of <see cref="AllowedValues"/>; empty if they are the same.</summary>
    public string[] SdkValues { get; init; } = [];

    /// <summary>The separator of several values in the SDK's channel.</summary>
    public char SdkSeparator { get; init; } = ';';

    /// <summary>The name of the OpenTelemetry attribute: of a semantic convention if there is one, else one of ours.</summary>
    public string Attribute { get; } = attribute;

    /// <summary>
    /// The allowed values in the semantic convention, in the order of <see cref="AllowedValues"/>; empty if they are the same. An empty name leaves
    /// the attribute out.
    /// </summary>
    public string[] AttributeValues { get; init; } = [];

    /// <summary>Our attribute for values that the convention of <see cref="Attribute"/> does not cover; null if it covers all.</summary>
    public string? OwnAttribute { get; init; }

    /// <summary>The <see cref="AllowedValues"/> of <see cref="OwnAttribute"/>.</summary>
    public string[] OwnAttributeValues { get; init; } = [];

    /// <summary>Whether it describes the origin of events (an attribute of the OpenTelemetry resource) and not the event itself.</summary>
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

/// <summary>The closed kinds of values. There is deliberately no kind for free text, so no field can carry text that a user typed.</summary>
public enum FieldKind
{
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

/// <summary>The OpenTelemetry attributes outside of the semantic conventions.</summary>
public static class AttributeNames
{
    /// <summary>The prefix of our own attributes.</summary>
    public const string Prefix = "containers_telemetry.";
}
