using System.Diagnostics.CodeAnalysis;

namespace Containers.Telemetry.Tasks;

/// <summary>A task of this package's own targets. It never fails: a problem logs one message of low importance.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer has nothing to dispose of, and a build may be canceled at any time.")]
public abstract class PublishStep : ICancelableTask
{
    private readonly CancellationTokenSource _cancellation = new();

    public IBuildEngine BuildEngine { get; set; } = null!;

    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>Canceled with the build, which ends all waiting of this package.</summary>
    private protected CancellationToken Cancellation => _cancellation.Token;

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

    public void Cancel() => _ = _cancellation.CancelAsync();

    private protected abstract void Run(IBuildEngine10 engine);
}
