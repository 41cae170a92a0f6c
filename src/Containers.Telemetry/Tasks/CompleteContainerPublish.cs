using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// Reports the success of a publish that no task of the SDK completes: several images for Podman, which takes no index over them. It
/// runs after PublishContainer, and so only when nothing failed.
/// </summary>
public sealed class CompleteContainerPublish : ITask
{
    /// <inheritdoc />
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <inheritdoc />
    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>The base image.</summary>
    public string BaseImage { get; set; } = "";

    /// <summary>Always true: nothing here may fail a publish.</summary>
    public bool Execute()
    {
        try
        {
            FaultInjection.Point("complete");
            if (BuildEngine is IBuildEngine10 engine && Publishes.Of(engine) is { OutcomeReported: false } publish)
            {
                var image = new ImageTransfer
                {
                    BaseRegistry = ImageTransfer.RegistryOf(BaseImage),
                    LocalRegistry = publish.Settings.LocalRegistry,
                };
                publish.ReportOutcome(engine, OutcomeEvents.Success(image));
            }
        }
        catch (Exception e)
        {
            BuildMessages.LogFault(BuildEngine, e);
        }

        return true;
    }
}
