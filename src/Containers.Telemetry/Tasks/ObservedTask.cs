using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;
using Microsoft.Build.Framework;

namespace Containers.Telemetry.Tasks;

/// <summary>
/// Stands in for a task of the SDK: runs it with the same inputs, hands on its outputs, its result and its exceptions as they are, and
/// reports what was seen.
/// </summary>
[StackTraceHidden]
public abstract class ObservedTask : ICancelableTask, IDisposable
{
    private readonly Dictionary<string, object?> _inputs = new(StringComparer.Ordinal);
    private ITask? _sdkTask;
    private readonly CancellationTokenSource _cancellation = new();
    private volatile TaskObservation? _observation;

    /// <inheritdoc />
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <summary>The host object of Visual Studio, which carries registry credentials; it belongs to the SDK's task.</summary>
    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>Canceled when the build is. Then nothing of ours waits any longer.</summary>
    private protected CancellationToken Cancellation => _cancellation.Token;

    /// <inheritdoc />
    public bool Execute()
    {
        _sdkTask = SdkTasks.Create(GetType().Name, BuildEngine.ProjectFileOfTaskNode);
        Guarded(static task => task.CloseBracket());
        using TaskObservation? observation = Guarded(static task => task.BeginObservation());
        _observation = observation;
        _sdkTask.HostObject = HostObject;
        _sdkTask.BuildEngine = observation is null ? BuildEngine : new ObservingBuildEngine((IBuildEngine10)BuildEngine, observation);
        PassInputs();
        if (Cancellation.IsCancellationRequested)
        {
            Cancel();
        }

        bool succeeded = false;
        try
        {
            succeeded = _sdkTask.Execute();
            return succeeded;
        }
        catch (Exception e) when (observation?.Escapes(e) == true)
        {
            throw;
        }
        finally
        {
            // What the SDK's task has come to, no later request to stop can change.
            _observation = null;
            if (observation is not null)
            {
                Guarded(task => task.ReportTo(observation, succeeded));
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        (_sdkTask as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks the SDK's task to stop, and ends the export of what was seen of it. What is not sent waits for the next publish.</summary>
    public void Cancel()
    {
        _ = _cancellation.CancelAsync();
        if (_observation is { } observation)
        {
            observation.CancelRequested = true;
        }

        (_sdkTask as ICancelableTask)?.Cancel();
    }

    /// <summary>Reports what was seen of the task.</summary>
    /// <param name="engine">The build.</param>
    /// <param name="publish">The publish that the task is a part of.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="succeeded">What the task returned; false when an exception left it.</param>
    private protected abstract void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded);

    /// <summary>Keeps the value of an input.</summary>
    protected void Write(object? value, [CallerMemberName] string name = "") => _inputs[name] = value;

    /// <summary>Returns the value of an input, or null when it is not set.</summary>
    protected object? Read([CallerMemberName] string name = "") => _inputs.GetValueOrDefault(name);

    /// <summary>Returns the text of an input, empty when it is not set.</summary>
    protected string Text([CallerMemberName] string name = "") => _inputs.GetValueOrDefault(name) as string ?? "";

    /// <summary>Returns the value of an output of the SDK's task, or null when it has none.</summary>
    protected object? Output([CallerMemberName] string name = "") =>
        _sdkTask?.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.GetValue(_sdkTask);

    /// <summary>Whether the publish ends with this task, so that nobody but this task is to tell how.</summary>
    private protected virtual bool EndsPublish => false;

    private bool CloseBracket()
    {
        if (EndsPublish && BuildEngine is IBuildEngine10 engine)
        {
            ProjectScope.Find<BracketedPublish>(engine)?.Close();
        }

        return true;
    }

    private TaskObservation? BeginObservation()
    {
        FaultInjection.Point("begin");
        return BuildEngine is IBuildEngine10 ? new TaskObservation() : null;
    }

    private bool ReportTo(TaskObservation observation, bool succeeded)
    {
        FaultInjection.Point("outcome");
        var engine = (IBuildEngine10)BuildEngine;
        Report(engine, Publishes.Of(engine), observation, succeeded);
        return true;
    }

    private void PassInputs()
    {
        Type type = _sdkTask!.GetType();
        foreach (KeyValuePair<string, object?> input in _inputs)
        {
            type.GetProperty(input.Key, BindingFlags.Public | BindingFlags.Instance)?.SetValue(_sdkTask, input.Value);
        }
    }

    /// <summary>The boundary of this package inside a build: whatever goes wrong of ours ends here.</summary>
    private T? Guarded<T>(Func<ObservedTask, T> work)
    {
        try
        {
            return work(this);
        }
        catch (Exception e)
        {
            BuildMessages.LogFault(BuildEngine, e);
            return default;
        }
    }
}
