using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that chooses the base image.</summary>
public sealed class ComputeDotnetBaseImageAndTag : ObservedTask
{
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
            // A publish profile makes the build of each image choose once more what the publish has chosen.
            if (!publish.IsInner)
            {
                publish.Report(engine, Inference().ToEvent());
            }

            return;
        }

        ErrorKind? proved = IsMuslMixedWithOthers() ? ErrorKind.UnsupportedRuntimeIdentifiers : null;
        ImageTransfer image = publish.Settings.TransferFrom(baseImage: "");
        publish.ReportOutcome(engine, OutcomeEvents.Create(image, ErrorClassifier.Classify(seen.Evidence(TransferDirection.None, provedByParameters: proved))), Cancellation);
    }

    private BaseImageInference Inference() => new()
    {
        UserBaseImage = UserBaseImage,
        BaseImage = ComputedContainerBaseImage,
        ContainerFamily = ContainerFamily,
        TargetFrameworkVersion = TargetFrameworkVersion,
        FrameworkReferences = FrameworkReferences,
        PublishMode = IsAotPublished ? "Aot" : IsTrimmed ? "Trimmed" : IsSelfContained ? "SelfContained" : "FrameworkDependent",
        IsInvariant = UsesInvariantGlobalization,
        TargetRuntimeIdentifiers = TargetRuntimeIdentifiers,
    };

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
