using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

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
        // The SDK makes no index for Podman and says so in words alone.
        ErrorKind? proved = LocalRegistry == Podman ? ErrorKind.UnsupportedLocalRegistry : null;
        Failure? failure = succeeded && !seen.HasErrors && !seen.GaveUp
            ? null
            : ErrorClassifier.Classify(seen.Evidence(TransferDirection.Push, Transfer.IsForLocalDaemon, proved));
        ContainerEvent outcome = OutcomeEvents.Create(Transfer, failure, seen, "index");
        outcome.Set(DetailFields.TagCount, ImageTags.Length);
        publish.ReportOutcome(engine, outcome, Cancellation);
    }
}
