using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>Observes the SDK's task that joins the images of several architectures.</summary>
public sealed class CreateImageIndex : ImageTask
{
    private const string Podman = "Podman";

    public ITaskItem[] GeneratedContainers { get => Items(); set => Write(value); }

    [Output]
    public string GeneratedImageIndex => Output<string>() ?? "";

    private protected override void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded)
    {
        // SDKs 8.0.405 and 8.0.406 do not pass the base image to this task.
        ImageTransfer image = BaseRegistry.Length > 0 ? Transfer : Transfer with { BaseRegistry = publish.BaseRegistry };

        // The SDK makes no index for Podman, and reports that only in words.
        ErrorKind? proved = LocalRegistry == Podman ? ErrorKind.UnsupportedLocalRegistry : null;
        Failure? failure = succeeded && !seen.HasErrors && !seen.GaveUp
            ? null
            : ErrorClassifier.Classify(seen.Evidence(TransferDirection.Push, image.IsForLocalDaemon, proved));
        ContainerEvent outcome = OutcomeEvents.Create(image, failure, seen, "index");
        outcome.Set(DetailFields.TagCount, ImageTags.Length);
        seen.AddDurationTo(outcome);
        publish.ReportOutcome(engine, outcome, Cancellation);
    }
}
