using Containers.Telemetry.Publishing;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// Closes the bracket of <see cref="BracketContainerPublish"/>. It runs after targets of the SDK, and so only when nothing failed. Reports the
/// success of a publish without an outcome from an observed task: one whose tasks are not known, or several images for Podman, which have no index.
/// </summary>
public sealed class CompleteContainerPublish : TransferStep
{
    /// <summary>Whether there is an image. Without one there is nothing to report.</summary>
    public bool IsPublished { get; set; } = true;

    private protected override void Run(IBuildEngine10 engine)
    {
        // Closed before anything else can fail: an open bracket counts as a failed publish.
        ProjectScope.Find<BracketedPublish>(engine)?.Close();
        FaultInjection.Point("complete");
        if (IsPublished && ProjectScope.Find<ContainerPublish>(engine) is { OutcomeReported: false } publish)
        {
            publish.ReportOutcome(engine, OutcomeEvents.Create(Transfer, failure: null), Cancellation);
        }
    }
}
