using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// Reports the success of a publish that no observed task completes: one that is <see cref="BracketContainerPublish">bracketed</see>, or
/// several images for Podman, which takes no index over them. It runs after targets of the SDK, and so only when nothing failed.
/// </summary>
public sealed class CompleteContainerPublish : PublishStep
{
    /// <summary>The base image.</summary>
    public string BaseImage { get; set; } = "";

    /// <summary>Whether there is an image. Without one there is nothing to report.</summary>
    public bool IsPublished { get; set; } = true;

    private protected override void Run(IBuildEngine10 engine)
    {
        // Closed before anything else can fail: what is left open counts as a failed publish.
        ProjectScope.Find<BracketedPublish>(engine)?.Close();
        FaultInjection.Point("complete");
        ContainerPublish publish = Publishes.Of(engine);
        if (IsPublished && !publish.OutcomeReported)
        {
            publish.ReportOutcome(engine, OutcomeEvents.Create(publish.Settings.TransferFrom(BaseImage), failure: null), Cancellation);
        }
    }
}
