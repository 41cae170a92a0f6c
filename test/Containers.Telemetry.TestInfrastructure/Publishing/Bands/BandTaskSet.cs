using Containers.Telemetry.BandTasks;
using Microsoft.Build.Framework;
using static Containers.Telemetry.TestInfrastructure.Publishing.Bands.BandParameter;

namespace Containers.Telemetry.TestInfrastructure.Publishing.Bands;

/// <summary>The container tasks of a band, each with the parameters that the band's targets pass.</summary>
internal sealed class BandTaskSet(Band band)
{
    /// <summary>All tasks of the band.</summary>
    public IEnumerable<BandTask> All => new[] { BaseImage, Properties, Image, Push, Index, Annotations }.OfType<BandTask>();

    public BandTask BaseImage { get; } = band.BaseImageChoice == BaseImageChoice.TagOnly
        ? new(
            "ComputeDotnetBaseImageTag",
            [.. Versions(), Text("ContainerFamily", "$(ContainerFamily)")],
            [Text("ComputedBaseImageTag", "_ContainerBaseImageTag")])
        {
            Base = typeof(BaseImageTagTask),
        }
        : new(
            "ComputeDotnetBaseImageAndTag",
            [
                .. Versions(),
                .. If(band.ChoosesNamedBaseImage, Text("UserBaseImage", "$(ContainerBaseImage)")),
                Items("FrameworkReferences", "@(FrameworkReference)").Required(),
                band.BaseImageChoice == BaseImageChoice.OneRuntime
                    ? Text("TargetRuntimeIdentifier", "$(ContainerRuntimeIdentifier)").Required()
                    : Texts("TargetRuntimeIdentifiers", "@(_TargetRuntimeIdentifiers)").Required(),
                Flag("IsSelfContained", "$(_ContainerIsSelfContained)"),
                Flag("IsAotPublished", "$(PublishAot)"),
                Flag("IsTrimmed", "$(PublishTrimmed)"),
                Flag("UsesInvariantGlobalization", "$(InvariantGlobalization)"),
                Text("ContainerFamily", "$(ContainerFamily)"),
            ],
            [Text("ComputedContainerBaseImage", "ContainerBaseImage")])
        {
            Condition = band.ChoosesNamedBaseImage ? null : "'$(ContainerBaseImage)' == ''",
        };

    public BandTask Properties { get; } = new(
        "ParseContainerProperties",
        [
            Text("FullyQualifiedBaseImageName", "$(ContainerBaseImage)").Required(),
            Text("ContainerRegistry", "$(ContainerRegistry)"),
            Text("ContainerRepository", "$(ContainerRepository)").Required(),
            Text("ContainerImageTag", "$(ContainerImageTag)"),
            Texts("ContainerImageTags", "$(ContainerImageTags)"),
            Items("ContainerEnvironmentVariables", "@(ContainerEnvironmentVariable)"),
        ],
        [
            Text("ParsedContainerRegistry", "ContainerBaseRegistry"),
            Text("ParsedContainerImage", "ContainerBaseName"),
            Text("ParsedContainerTag", "ContainerBaseTag"),
            .. If(band.KnowsDigests, Text("ParsedContainerDigest", "ContainerBaseDigest")),
            .. If(band.Oddity == BandOddity.UnknownOutput, Text("ParsedContainerPlatform", "ContainerBasePlatform")),
            Text("NewContainerRegistry", "ContainerRegistry"),
            Text("NewContainerRepository", "ContainerRepository"),
            Texts("NewContainerTags", "ContainerImageTags") with { IsItem = true },
            Items("NewContainerEnvironmentVariables", "ContainerEnvironmentVariables") with { IsItem = true },
        ]);

    public BandTask Image { get; } = band.Oddity switch
    {
        BandOddity.LacksCreateNewImage => CreateNewImage(band) with { Name = "CreateImage", Base = typeof(PushingTask) },
        BandOddity.PushesByAnotherTask => CreateNewImage(band) with { Inputs = [.. CreateNewImage(band).Inputs.Select(SkipPublishing)] },
        _ => CreateNewImage(band),
    };

    /// <summary>The task that pushes the image of <see cref="Image"/>; null if that task pushes it.</summary>
    public BandTask? Push { get; } = band.Oddity == BandOddity.PushesByAnotherTask
        ? CreateNewImage(band) with { Name = "PushImage", Base = typeof(PushingTask) }
        : null;

    public BandTask? Index { get; } = band.ImageIndex == ImageIndexSupport.None ? null : new(
        "CreateImageIndex",
        [
            Items("GeneratedContainers", $"@({ImageItem(band)})").Required(),
            Text("LocalRegistry", "$(LocalRegistry)"),
            Require(!band.IndexHasBaseImage, Text("OutputRegistry", "$(ContainerRegistry)")),
            Text("ArchiveOutputPath", "$(ContainerArchiveOutputPath)"),
            Text("Repository", "$(ContainerRepository)").Required(),
            Texts("ImageTags", "@(ContainerImageTags)").Required(),
            .. If(
                band.IndexHasBaseImage,
                Text("BaseRegistry", "$(ContainerBaseRegistry)"),
                Text("BaseImageName", "$(ContainerBaseName)").Required(),
                Require(!band.KnowsDigests, Text("BaseImageTag", "$(ContainerBaseTag)"))),
            .. If(band.KnowsDigests, Text("BaseImageDigest", "$(ContainerBaseDigest)")),
        ],
        [Text("GeneratedImageIndex", "GeneratedImageIndex"), Text("GeneratedArchiveOutputPath", "GeneratedArchiveOutputPath")])
    {
        Condition = "'$(_SkipCreateImageIndex)' == 'false'",
    };

    public BandTask? Annotations { get; } = band.HasAnnouncedParameters
        ? new("ConvertContainerAnnotations", [], []) { Base = typeof(SilentTask) }
        : null;

    /// <summary>The item that lists the images of a publish; null in a band without one.</summary>
    public static string? ImageItem(Band band) => band.ImageIndex switch
    {
        ImageIndexSupport.KnownByTags => "GeneratedContainers",
        ImageIndexSupport.KnownByRuntimes => "GeneratedContainer",
        _ => null,
    };

    private static BandTask CreateNewImage(Band band) => new("CreateNewImage", [.. ImageInputs(band)], [.. ImageOutputs(band)]);

    private static IEnumerable<BandParameter> ImageInputs(Band band) =>
    [
        .. If(
            band.HasToolParameters,
            Text("ContainerizeDirectory", "$(ContainerizeFolder)"),
            Text("ToolPath", "$(DotNetHostDirectory)"),
            Text("ToolExe", "$(DotNetHostFileName)")),
        Require(band.RequiresBaseRegistry, Text("BaseRegistry", "$(ContainerBaseRegistry)")),
        Text("BaseImageName", "$(ContainerBaseName)").Required(),
        Require(band.RequiresBaseImageTag, Text("BaseImageTag", "$(ContainerBaseTag)")),
        .. If(band.KnowsDigests, Text("BaseImageDigest", "$(ContainerBaseDigest)")),
        .. If(
            band.ImageIndex != ImageIndexSupport.None,
            Text("ImageFormat", "$(ContainerImageFormat)"),
            Flag("SkipPublishing", "$(_SkipContainerPublishing)")),
        Text("LocalRegistry", "$(LocalRegistry)"),
        Text("OutputRegistry", "$(ContainerRegistry)"),
        Text("ArchiveOutputPath", "$(ContainerArchiveOutputPath)"),
        Text("Repository", "$(ContainerRepository)").Required(),
        Texts("ImageTags", "@(ContainerImageTags)").Required(),
        Text("PublishDirectory", "$(PublishDir)").Required(),
        Text("WorkingDirectory", "$(ContainerWorkingDirectory)").Required(),
        Items("Entrypoint", "@(ContainerEntrypoint)").Required(),
        Items("EntrypointArgs", "@(ContainerEntrypointArgs)"),
        Items("AppCommand", "@(ContainerAppCommand)"),
        Items("AppCommandArgs", "@(ContainerAppCommandArgs)"),
        Text("AppCommandInstruction", "$(ContainerAppCommandInstruction)"),
        Items("DefaultArgs", "@(ContainerDefaultArgs)"),
        Items("Labels", "@(ContainerLabel)"),
        Items("ExposedPorts", "@(ContainerPort)"),
        Items("ContainerEnvironmentVariables", "@(ContainerEnvironmentVariables)"),
        Text("ContainerRuntimeIdentifier", "$(ContainerRuntimeIdentifier)").Required(),
        Text("ContainerUser", "$(ContainerUser)"),
        Text("RuntimeIdentifierGraphPath", "$(RuntimeIdentifierGraphPath)").Required(),
        .. If(
            band.GeneratesLabels,
            Flag("GenerateLabels", "$(ContainerGenerateLabels)").Required(),
            Flag("GenerateDigestLabel", "$(ContainerGenerateLabelsImageBaseDigest)").Required()),
        .. If(
            band.HasAnnouncedParameters,
            Text("SourceDateEpoch", "$(SourceDateEpoch)"),
            Flag("NoCache", "$(ContainerPushNoCache)"),
            Flag("GenerateCreatedLabels", "$(ContainerGenerateLabelsImageCreated)"),
            Flag("EnableArchiveIncrementalCache", "$(ContainerEnableArchiveIncrementalCache)"),
            Text("ArchiveIncrementalCachePath", "$(ContainerArchiveIncrementalCachePath)")),
        .. If(band.Oddity == BandOddity.UnknownInput, Text("Compression", "$(ContainerCompression)")),
    ];

    private static IEnumerable<BandParameter> ImageOutputs(Band band) =>
    [
        Text("GeneratedContainerManifest", "GeneratedContainerManifest"),
        Text("GeneratedContainerConfiguration", "GeneratedContainerConfiguration"),
        Text("GeneratedContainerDigest", "GeneratedContainerDigest"),
        Text("GeneratedArchiveOutputPath", "GeneratedArchiveOutputPath"),
        .. If(band.ImageIndex != ImageIndexSupport.None, Text("GeneratedContainerMediaType", "GeneratedContainerMediaType")),
        .. If(band.ReportsNames, Items("GeneratedContainerNames", "GeneratedContainerName") with { IsItem = true }),
        .. If(band.KnowsDigests, new BandParameter("GeneratedDigestLabel", "ContainerLabel", typeof(ITaskItem)) { IsItem = true }),
    ];

    private static BandParameter[] Versions() =>
    [
        Text("SdkVersion", "$(NetCoreSdkVersion)").Required(),
        Text("TargetFrameworkVersion", "$(_TargetFrameworkVersionWithoutV).0").Required(),
    ];

    private static BandParameter SkipPublishing(BandParameter input) => input.Name == "SkipPublishing" ? input with { Value = "true" } : input;

    private static BandParameter Require(bool condition, BandParameter parameter) => parameter with { IsRequired = condition };

    private static BandParameter[] If(bool condition, params BandParameter[] parameters) => condition ? parameters : [];
}
