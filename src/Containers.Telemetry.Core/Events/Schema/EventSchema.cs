namespace Containers.Telemetry.Events.Schema;

/// <summary>Every field that can be written.</summary>
public static class EventSchema
{
    /// <summary>The version of the schema. Raised when a field changes its meaning; a new field does not raise it.</summary>
    public const int Version = 2;

    /// <summary>All fields, each once.</summary>
    public static IReadOnlyList<EventField> Fields { get; } =
    [
        .. InferenceFields.All, .. OutcomeFields.All, .. DetailFields.All, .. IdentityFields.All, .. SurroundingsFields.All,
    ];
}

/// <summary>The user and the project, as pseudonyms. Never put into the SDK's channel.</summary>
public static class IdentityFields
{
    public static readonly EventField AnonymousUserId = new("AnonymousUserId", "enduser.pseudo.id", FieldKind.Identifier,
        "A random identifier of the user, replaced every 90 days and on request.", "6f0c2d1e-8a4b-4c3d-9e2f-1a0b9c8d7e6f");

    public static readonly EventField ProjectId = new("ProjectId", AttributeNames.Prefix + "project.id", FieldKind.KeyedHash,
        "A keyed hash of the project; without the key it cannot be found by trying names. " +
        "The key is replaced with the id of the user, unless it is an organization's.", "5f2b8c0d9e1a4736b8c0d9e1a47365f2");

    public static readonly EventField[] All = [AnonymousUserId, ProjectId];
}

/// <summary>The names of settings that may be reported. The package's targets pass the ones in use.</summary>
public static class Features
{
    /// <summary>Properties and items of the SDK's container targets.</summary>
    public static readonly string[] Names =
    [
        "ContainerAppCommand",
        "ContainerAppCommandArgs",
        "ContainerAppCommandInstruction",
        "ContainerArchiveOutputPath",
        "ContainerBaseImage",
        "ContainerDefaultArgs",
        "ContainerEntrypoint",
        "ContainerEntrypointArgs",
        "ContainerEnvironmentVariable",
        "ContainerFamily",
        "ContainerGenerateLabels",
        "ContainerImageFormat",
        "ContainerImageTag",
        "ContainerImageTags",
        "ContainerLabel",
        "ContainerPort",
        "ContainerPublishInParallel",
        "ContainerRegistry",
        "ContainerRepository",
        "ContainerRuntimeIdentifier",
        "ContainerRuntimeIdentifiers",
        "ContainerUser",
        "ContainerWorkingDirectory",
        "LocalRegistry",
    ];

    /// <summary>Ways to start a publish.</summary>
    public static readonly string[] InvocationNames = ["Aspire", "DefaultContainerProfile", "PublishProfile", "Solution", "Target", "VisualStudio"];
}
