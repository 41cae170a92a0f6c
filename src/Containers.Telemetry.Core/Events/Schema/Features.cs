namespace Containers.Telemetry.Events.Schema;

/// <summary>The names that may be reported of what a user set. The package's targets pass those that are in use.</summary>
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
