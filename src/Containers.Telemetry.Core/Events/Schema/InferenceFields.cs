namespace Containers.Telemetry.Events.Schema;

/// <summary>How the base image was chosen: the nine data points of the SDK's inference event.</summary>
public static class InferenceFields
{
    public static readonly EventField InferencePerformed = new("InferencePerformed", FieldKind.Flag, "Whether the SDK chose the base image; false when the user named it.", "true")
    {
        Attribute = AttributeNames.Prefix + "base_image.inferred",
        SdkKey = "InferencePerformed",
    };

    public static readonly EventField TargetFramework = new("TargetFramework", FieldKind.TargetFramework, "The target framework of the project.", "net10.0")
    {
        Attribute = AttributeNames.Prefix + "target_framework",
        SdkKey = "TargetFramework",
    };

    public static readonly EventField BaseImage = new("BaseImage", FieldKind.BaseImage, "The base image, only if Microsoft publishes it.", "mcr.microsoft.com/dotnet/aspnet")
    {
        Attribute = AttributeNames.Prefix + "base_image.name",
        SdkKey = "BaseImage",
    };

    public static readonly EventField BaseImageTag = new("BaseImageTag", FieldKind.BaseImageTag, "The tag of the base image, only if it has the form of Microsoft's tags.", "10.0")
    {
        Attribute = AttributeNames.Prefix + "base_image.tag",
        SdkKey = "BaseImageTag",
    };

    public static readonly EventField ContainerFamily = new("ContainerFamily", FieldKind.ContainerFamily, "The flavour of base image that the user asked for, only if Microsoft publishes it.", "noble-chiseled")
    {
        Attribute = AttributeNames.Prefix + "container_family",
        SdkKey = "ContainerFamily",
    };

    public static readonly EventField ProjectType = new("ProjectType", FieldKind.Choice, "What kind of project was published.", "AspNetCore")
    {
        Attribute = AttributeNames.Prefix + "project_type",
        SdkKey = "ProjectType",
        AllowedValues = ["AspNetCore", "Console"],
    };

    public static readonly EventField PublishMode = new("PublishMode", FieldKind.Choice, "How the application was packaged.", "FrameworkDependent")
    {
        Attribute = AttributeNames.Prefix + "publish_mode",
        SdkKey = "PublishMode",
        AllowedValues = ["FrameworkDependent", "SelfContained", "Trimmed", "Aot"],
    };

    public static readonly EventField IsInvariant = new("IsInvariant", FieldKind.Flag, "Whether globalization is invariant.", "false")
    {
        Attribute = AttributeNames.Prefix + "globalization_invariant",
        SdkKey = "IsInvariant",
    };

    public static readonly EventField TargetRuntime = new("TargetRuntime", FieldKind.RuntimeIdentifiers, "The runtime identifiers that images were made for.", "linux-x64")
    {
        Attribute = AttributeNames.Prefix + "target_runtime_identifiers",
        SdkKey = "TargetRuntimes",
    };

    public static readonly EventField[] All =
        [InferencePerformed, TargetFramework, BaseImage, BaseImageTag, ContainerFamily, ProjectType, PublishMode, IsInvariant, TargetRuntime];
}
