using Containers.Telemetry.Classification;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that chooses the base image.</summary>
public sealed class ComputeDotnetBaseImageAndTag : ObservedTask
{
    private const string AspNetCoreFramework = "Microsoft.AspNetCore.App";
    private const string MuslPrefix = "linux-musl";

    [Required]
    public string SdkVersion { get => Text(); set => Write(value); }

    [Required]
    public string TargetFrameworkVersion { get => Text(); set => Write(value); }

    [Required]
    public ITaskItem[] FrameworkReferences { get => (ITaskItem[]?)Read() ?? []; set => Write(value); }

    [Required]
    public string[] TargetRuntimeIdentifiers { get => (string[]?)Read() ?? []; set => Write(value); }

    public bool IsSelfContained { get => Read() is true; set => Write(value); }

    public bool IsAotPublished { get => Read() is true; set => Write(value); }

    public bool IsTrimmed { get => Read() is true; set => Write(value); }

    public bool UsesInvariantGlobalization { get => Read() is true; set => Write(value); }

    public string? ContainerFamily { get => Text(); set => Write(value); }

    public string? UserBaseImage { get => Text(); set => Write(value); }

    [Output]
    public string? ComputedContainerBaseImage => (string?)Output();

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        if (succeeded && !seen.HasErrors)
        {
            publish.Report(engine, Inference());
            return;
        }

        ErrorKind? proved = IsMuslMixedWithOthers() ? ErrorKind.UnsupportedRuntimeIdentifiers : null;
        var image = new ImageTransfer
        {
            OutputRegistry = publish.Settings.OutputRegistry,
            ArchiveOutputPath = publish.Settings.ArchiveOutputPath,
            LocalRegistry = publish.Settings.LocalRegistry,
        };
        publish.ReportOutcome(engine, OutcomeEvents.Create(image, ErrorClassifier.Classify(seen.Evidence(TransferDirection.None, provedByParameters: proved))), Cancellation);
    }

    private ContainerEvent Inference()
    {
        var inference = new ContainerEvent(EventNames.Inference);
        inference.Set(InferenceFields.InferencePerformed, string.IsNullOrEmpty(UserBaseImage));
        inference.Set(InferenceFields.TargetFramework, TargetFrameworkVersion);
        if (ImageReference.TryParse(ComputedContainerBaseImage?.Replace(' ', '-'), out ImageReference? image)
            && MicrosoftBaseImages.CanonicalName(image.Registry, image.Repository) is { } name)
        {
            inference.SetBaseImage(InferenceFields.BaseImage, InferenceFields.BaseImageTag, name, image.Tag);
            inference.Set(InferenceFields.ContainerFamily, ContainerFamily);
        }

        inference.Set(InferenceFields.ProjectType, IsAspNetCore() ? "AspNetCore" : "Console");
        inference.Set(InferenceFields.PublishMode, IsAotPublished ? "Aot" : IsTrimmed ? "Trimmed" : IsSelfContained ? "SelfContained" : "FrameworkDependent");
        inference.Set(InferenceFields.IsInvariant, UsesInvariantGlobalization);
        inference.Set(InferenceFields.TargetRuntime, TargetRuntimeIdentifiers);
        return inference;
    }

    private bool IsAspNetCore()
    {
        foreach (ITaskItem reference in FrameworkReferences)
        {
            if (reference.ItemSpec.Equals(AspNetCoreFramework, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMuslMixedWithOthers()
    {
        int musl = 0;
        foreach (string rid in TargetRuntimeIdentifiers)
        {
            musl += rid.StartsWith(MuslPrefix, StringComparison.Ordinal) ? 1 : 0;
        }

        return musl > 0 && musl < TargetRuntimeIdentifiers.Length;
    }
}
