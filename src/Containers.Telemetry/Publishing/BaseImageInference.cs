using Containers.Telemetry.Classification;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Publishing;

/// <summary>The choice of a publish's base image, from the inputs of the SDK's task. Free text is never reported.</summary>
internal sealed record BaseImageInference
{
    private const string AspNetCoreFramework = "Microsoft.AspNetCore.App";

    /// <summary>The base image that the user named; empty or null when the SDK chooses one.</summary>
    public string? UserBaseImage { get; init; }

    public string? BaseImage { get; init; }

    /// <summary>The flavour of base image that the user asked for.</summary>
    public string? ContainerFamily { get; init; }

    public string TargetFrameworkVersion { get; init; } = "";

    /// <summary>The shared frameworks that the project uses.</summary>
    public ITaskItem[] FrameworkReferences { get; init; } = [];

    /// <summary>How the application is packaged: one of the values that <see cref="InferenceFields.PublishMode"/> allows.</summary>
    public string PublishMode { get; init; } = "";

    public bool IsInvariant { get; init; }

    public string[] TargetRuntimeIdentifiers { get; init; } = [];

    public ContainerEvent ToEvent()
    {
        var inference = new ContainerEvent(EventNames.Inference);
        inference.Set(InferenceFields.InferencePerformed, string.IsNullOrEmpty(UserBaseImage));
        inference.Set(InferenceFields.TargetFramework, TargetFrameworkVersion);
        if (ImageReference.TryParse(BaseImage?.Replace(' ', '-'), out ImageReference? image)
            && MicrosoftBaseImages.CanonicalName(image.Registry, image.Repository) is { } name)
        {
            inference.SetBaseImage(name, image.Tag);
            inference.Set(InferenceFields.ContainerFamily, ContainerFamily);
        }

        inference.Set(InferenceFields.ProjectType, IsAspNetCore() ? "AspNetCore" : "Console");
        inference.Set(InferenceFields.PublishMode, PublishMode);
        inference.Set(InferenceFields.IsInvariant, IsInvariant);
        inference.Set(InferenceFields.TargetRuntime, TargetRuntimeIdentifiers);
        return inference;
    }

    private bool IsAspNetCore() =>
        Array.Exists(FrameworkReferences, static reference => reference.ItemSpec.Equals(AspNetCoreFramework, StringComparison.OrdinalIgnoreCase));
}
