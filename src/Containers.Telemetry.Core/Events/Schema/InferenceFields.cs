namespace Containers.Telemetry.Events.Schema;

/// <summary>How the base image was chosen: the nine data points of the SDK's inference event.</summary>
public static class InferenceFields
{
    public static readonly EventField InferencePerformed = new("InferencePerformed", AttributeNames.Prefix + "base_image.inferred", FieldKind.Flag,
        "Whether the SDK chose the base image; false when the user named it.", "true")
    { SdkKey = "InferencePerformed" };

    public static readonly EventField TargetFramework = new("TargetFramework", AttributeNames.Prefix + "target_framework", FieldKind.TargetFramework,
        "The target framework of the project.", "net10.0")
    { SdkKey = "TargetFramework" };

    public static readonly EventField BaseImage = new("BaseImage", AttributeNames.Prefix + "base_image.name", FieldKind.BaseImage,
        "The base image, only if Microsoft publishes it.", "mcr.microsoft.com/dotnet/aspnet")
    { SdkKey = "BaseImage" };

    public static readonly EventField BaseImageTag = new("BaseImageTag", AttributeNames.Prefix + "base_image.tag", FieldKind.BaseImageTag,
        "The tag of the base image, only if it has the form of Microsoft's tags.", "10.0")
    { SdkKey = "BaseImageTag" };

    public static readonly EventField ContainerFamily = new("ContainerFamily", AttributeNames.Prefix + "container_family", FieldKind.ContainerFamily,
        "The flavour of base image that the user asked for, only if Microsoft publishes it.", "noble-chiseled")
    { SdkKey = "ContainerFamily" };

    public static readonly EventField ProjectType = new("ProjectType", AttributeNames.Prefix + "project_type", FieldKind.Choice,
        "What kind of project was published.", "AspNetCore")
    { SdkKey = "ProjectType", AllowedValues = ["AspNetCore", "Console"] };

    public static readonly EventField PublishMode = new("PublishMode", AttributeNames.Prefix + "publish_mode", FieldKind.Choice,
        "How the application was packaged.", "FrameworkDependent")
    { SdkKey = "PublishMode", AllowedValues = ["FrameworkDependent", "SelfContained", "Trimmed", "Aot"] };

    public static readonly EventField IsInvariant = new("IsInvariant", AttributeNames.Prefix + "globalization_invariant", FieldKind.Flag,
        "Whether globalization is invariant.", "false")
    { SdkKey = "IsInvariant" };

    public static readonly EventField TargetRuntime = new("TargetRuntime", AttributeNames.Prefix + "target_runtime_identifiers", FieldKind.RuntimeIdentifiers,
        "The runtime identifiers that images were made for.", "linux-x64")
    { SdkKey = "TargetRuntimes" };

    public static readonly EventField[] All =
        [InferencePerformed, TargetFramework, BaseImage, BaseImageTag, ContainerFamily, ProjectType, PublishMode, IsInvariant, TargetRuntime];
}
