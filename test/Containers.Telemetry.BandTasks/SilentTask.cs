using Microsoft.Build.Framework;

namespace Containers.Telemetry.BandTasks;

/// <summary>Base class of a task that the installed SDK does not have. It does nothing.</summary>
public abstract class SilentTask : ITask
{
    public IBuildEngine BuildEngine { get; set; } = null!;

    public ITaskHost? HostObject { get; set; }

    public bool Execute() => true;
}
