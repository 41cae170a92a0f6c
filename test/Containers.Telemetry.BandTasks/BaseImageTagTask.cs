using Microsoft.Build.Framework;

namespace Containers.Telemetry.BandTasks;

/// <summary>Base class of the task of 8.0.1xx that computes the tag of a base image. Its targets choose the repository.</summary>
public abstract class BaseImageTagTask : ForwardingTask
{
    protected override string InstalledName => "ComputeDotnetBaseImageAndTag";

    protected override void Complete(ITask installed)
    {
        SetInput(installed, "FrameworkReferences", Array.Empty<ITaskItem>());
        SetInput(installed, "TargetRuntimeIdentifiers", new[] { "linux-x64" });
    }

    protected override object? GetOutput(ITask installed, string name) =>
        ((string?)base.GetOutput(installed, "ComputedContainerBaseImage"))?.Split(':').Last();
}
