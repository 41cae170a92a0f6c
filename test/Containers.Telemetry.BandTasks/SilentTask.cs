using Microsoft.Build.Framework;

namespace Containers.Telemetry.BandTasks;

/// <summary>Base of a task that no installed SDK has. It does nothing.</summary>
public abstract class SilentTask : ITask
{
    public IBuildEngine BuildEngine { get; set; } = null!;

    public ITaskHost? HostObject { get; set; }

    public bool Execute() => true;
}
