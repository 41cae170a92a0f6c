namespace Containers.Telemetry.BandTasks;

/// <summary>Base of a task that makes and pushes an image under another name than any SDK has used.</summary>
public abstract class PushingTask : ForwardingTask
{
    protected override string InstalledName => "CreateNewImage";
}
