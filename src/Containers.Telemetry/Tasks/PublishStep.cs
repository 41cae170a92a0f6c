using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>A task of this package's own targets. It never fails: whatever goes wrong costs one message of low importance.</summary>
public abstract class PublishStep : ITask
{
    /// <inheritdoc />
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <inheritdoc />
    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>Always true: nothing here may fail a publish.</summary>
    public bool Execute()
    {
        try
        {
            if (BuildEngine is IBuildEngine10 engine)
            {
                Run(engine);
            }
        }
        catch (Exception e)
        {
            BuildMessages.LogFault(BuildEngine, e);
        }

        return true;
    }

    private protected abstract void Run(IBuildEngine10 engine);
}
