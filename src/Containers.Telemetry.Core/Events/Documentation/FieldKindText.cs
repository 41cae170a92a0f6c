using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Events.Documentation;

/// <summary>Says what a kind of field is called and what it allows.</summary>
public static class FieldKindText
{
    /// <summary>Returns the name of a kind as a reader would say it.</summary>
    public static string NameOf(FieldKind kind) => kind switch
    {
        FieldKind.Flag => "flag",
        FieldKind.Count => "count",
        FieldKind.Choice => "choice",
        FieldKind.Choices => "choices",
        FieldKind.Version => "version",
        FieldKind.TargetFramework => "target framework",
        FieldKind.RuntimeIdentifier => "runtime identifier",
        FieldKind.RuntimeIdentifiers => "runtime identifiers",
        FieldKind.BaseImage => "base image",
        FieldKind.BaseImageTag => "base image tag",
        FieldKind.ContainerFamily => "container family",
        FieldKind.DiagnosticCode => "diagnostic code",
        FieldKind.Identifier => "identifier",
        FieldKind.KeyedHash => "keyed hash",
        FieldKind.Timestamp => "timestamp",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Returns what a kind allows, in one sentence.</summary>
    public static string RuleOf(FieldKind kind) => kind switch
    {
        FieldKind.Flag => "True or false.",
        FieldKind.Count => "A whole number, not negative; without a unit at most 999, which stands for all numbers above it.",
        FieldKind.Choice => "One of the values listed for the field.",
        FieldKind.Choices => "Any number of the values listed for the field.",
        FieldKind.Version => "Up to four numbers of at most eight digits, and a pre-release label of known words and numbers.",
        FieldKind.TargetFramework => "`net` and the two numbers of a target framework.",
        FieldKind.RuntimeIdentifier => "A runtime identifier of known parts; any other becomes `other`.",
        FieldKind.RuntimeIdentifiers => "Any number of runtime identifiers.",
        FieldKind.BaseImage => "The name of a base image that Microsoft publishes; any other is left out.",
        FieldKind.BaseImageTag => "A tag of the form that Microsoft publishes for that image; any other is left out.",
        FieldKind.ContainerFamily => "A ContainerFamily that Microsoft publishes; any other is left out.",
        FieldKind.DiagnosticCode => "`CONTAINER`, `MSB` or `NETSDK` and four digits, where `CONTAINER` codes are those that the SDK is known to have.",
        FieldKind.Identifier => "A random identifier (UUID).",
        FieldKind.KeyedHash => "32 hexadecimal digits of a hash made with a secret key.",
        FieldKind.Timestamp => "A moment, UTC.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
