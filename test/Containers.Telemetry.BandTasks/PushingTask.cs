namespace Containers.Telemetry.BandTasks;

/// <summary>Base class of a task that makes and pushes an image under a name that no SDK has used.</summary>
public abstract class PushingTask : ForwardingTask
{
    protected override string InstalledName => "CreateNewImage";
}
