namespace Containers.Telemetry.Events.Schema;

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
