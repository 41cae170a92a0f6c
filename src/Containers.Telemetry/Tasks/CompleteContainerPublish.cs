using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// Reports the success of a publish that no task of the SDK completes: several images for Podman, which takes no index over them. It
/// runs after PublishContainer, and so only when nothing failed.
/// </summary>
public sealed class CompleteContainerPublish : PublishStep
{
    /// <summary>The base image.</summary>
    public string BaseImage { get; set; } = "";

    private protected override void Run(IBuildEngine10 engine)
    {
        FaultInjection.Point("complete");
        ContainerPublish publish = Publishes.Of(engine);
        if (!publish.OutcomeReported)
        {
            var image = new ImageTransfer
            {
                BaseRegistry = ImageTransfer.RegistryOf(BaseImage),
                LocalRegistry = publish.Settings.LocalRegistry,
            };
            publish.ReportOutcome(engine, OutcomeEvents.Create(image, failure: null), Cancellation);
        }
    }
}
