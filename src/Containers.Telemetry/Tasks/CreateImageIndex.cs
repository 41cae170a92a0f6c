using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that joins the images of several architectures.</summary>
public sealed class CreateImageIndex : ObservedTask, ICancelableTask
{
    private const string Podman = "Podman";

    public string BaseRegistry { get => Text(); set => Write(value); }

    [Required]
    public string BaseImageName { get => Text(); set => Write(value); }

    public string BaseImageTag { get => Text(); set => Write(value); }

    public string BaseImageDigest { get => Text(); set => Write(value); }

    [Required]
    public ITaskItem[] GeneratedContainers { get => (ITaskItem[]?)Read() ?? []; set => Write(value); }

    public string OutputRegistry { get => Text(); set => Write(value); }

    public string ArchiveOutputPath { get => Text(); set => Write(value); }

    public string LocalRegistry { get => Text(); set => Write(value); }

    [Required]
    public string Repository { get => Text(); set => Write(value); }

    [Required]
    public string[] ImageTags { get => (string[]?)Read() ?? []; set => Write(value); }

    [Output]
    public string GeneratedArchiveOutputPath => (string?)Output() ?? "";

    [Output]
    public string GeneratedImageIndex => (string?)Output() ?? "";

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        var image = new ImageTransfer
        {
            BaseRegistry = BaseRegistry,
            OutputRegistry = OutputRegistry,
            ArchiveOutputPath = ArchiveOutputPath,
            LocalRegistry = LocalRegistry,
        };

        // The SDK makes no index for Podman and says so in words alone.
        ErrorKind? proved = LocalRegistry == Podman ? ErrorKind.UnsupportedLocalRegistry : null;
        ContainerEvent outcome = succeeded && !seen.HasErrors && !seen.GaveUp
            ? OutcomeEvents.Success(image, seen)
            : OutcomeEvents.Failure(image, ErrorClassifier.Classify(seen.Evidence(TransferDirection.Push, proved)), seen);
        outcome.Set(DetailFields.Scope, "index");
        outcome.Set(DetailFields.TagCount, ImageTags.Length);
        publish.ReportOutcome(engine, outcome);
    }
}
