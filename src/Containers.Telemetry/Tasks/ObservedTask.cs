using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;
using Containers.Telemetry.Publishing;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Tasks;

/// <summary>Replaces a task of the SDK: runs it with the same inputs, passes on its outputs, result and exceptions, and reports the observation.</summary>
/// <remarks>Each class declares the parameters of all SDKs, none required. The SDK's task gets its own, and reports a missing one.</remarks>
[StackTraceHidden]
public abstract class ObservedTask : ICancelableTask, IDisposable
{
    private readonly Dictionary<string, object?> _inputs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _cancellation = new();
    private SdkTask? _sdkTask;
    private volatile TaskObservation? _observation;

    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <summary>The host object of Visual Studio, which carries registry credentials; it belongs to the SDK's task.</summary>
    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>Canceled with the build, which ends all waiting of this package.</summary>
    private protected CancellationToken Cancellation => _cancellation.Token;

    public bool Execute()
    {
        if (!TryCreateSdkTask())
        {
            return false;
        }

        Guarded(static task => task.CloseBracket());
        using TaskObservation? observation = Guarded(static task => task.BeginObservation());
        _observation = observation;
        _sdkTask.Task.HostObject = HostObject;
        _sdkTask.Task.BuildEngine = observation is null ? BuildEngine : new ObservingBuildEngine((IBuildEngine10)BuildEngine, observation);
        if (Cancellation.IsCancellationRequested)
        {
            Cancel();
        }

        bool succeeded = false;
        try
        {
            succeeded = TryPassInputs() && _sdkTask.Task.Execute();
            return succeeded;
        }
        catch (Exception e) when (observation?.Escapes(e) == true)
        {
            throw;
        }
        finally
        {
            // A cancel after this point must not change the outcome.
            _observation = null;
            if (observation is not null)
            {
                Guarded(task => task.ReportTo(observation, succeeded));
            }
        }
    }

    public void Dispose()
    {
        (_sdkTask?.Task as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels the SDK's task and the export. Events that are not sent wait for the next publish.</summary>
    public void Cancel()
    {
        _ = _cancellation.CancelAsync();
        _observation?.OnCancel();
        (_sdkTask?.Task as ICancelableTask)?.Cancel();
    }

    /// <param name="publish">The publish that the task is a part of.</param>
    /// <param name="succeeded">The task's result; false when it threw an exception.</param>
    private protected abstract void Report(IBuildEngine10 engine, ContainerPublish publish, TaskObservation seen, bool succeeded);

    /// <summary>Whether the publish ends with this task, so that only this task reports the outcome.</summary>
    private protected virtual bool EndsPublish => false;

    /// <summary>Reports that a task that transfers nothing has failed.</summary>
    /// <param name="publish">The publish that fails with it.</param>
    /// <param name="image">The image that was to be published.</param>
    /// <param name="provedByParameters">The kind of error that the task's inputs prove; null when they prove none.</param>
    private protected void ReportFailure(
        IBuildEngine10 engine,
        ContainerPublish publish,
        TaskObservation seen,
        ImageTransfer image,
        ErrorKind? provedByParameters = null)
    {
        FailureEvidence evidence = seen.Evidence(TransferDirection.None, provedByParameters: provedByParameters);
        publish.ReportOutcome(engine, OutcomeEvents.Create(image, ErrorClassifier.Classify(evidence)), Cancellation);
    }

    protected void Write(object? value, [CallerMemberName] string name = "") => _inputs[name] = value;

    /// <summary>Returns the value of an input, or null when it is not set.</summary>
    protected object? Read([CallerMemberName] string name = "") => _inputs.GetValueOrDefault(name);

    /// <summary>Returns the text of an input, empty when it is not set.</summary>
    protected string Text([CallerMemberName] string name = "") => Read(name) as string ?? "";

    /// <summary>Returns the texts of an input, none when it is not set.</summary>
    protected string[] Texts([CallerMemberName] string name = "") => Read(name) as string[] ?? [];

    /// <summary>Returns the items of an input, none when it is not set.</summary>
    protected ITaskItem[] Items([CallerMemberName] string name = "") => Read(name) as ITaskItem[] ?? [];

    /// <summary>Returns the value of an output of the SDK's task, or the default of its type when it has none.</summary>
    protected T? Output<T>([CallerMemberName] string name = "") => _sdkTask is null ? default : _sdkTask.GetOutput<T>(name);

    /// <summary>Without the SDK's task the publish fails. The error has a code, and says how to continue without this package.</summary>
    [MemberNotNullWhen(true, nameof(_sdkTask))]
    private bool TryCreateSdkTask()
    {
        string name = GetType().Name;
        try
        {
            _sdkTask = SdkTasks.Create(name, FindTaskAssembly(), BuildEngine.ProjectFileOfTaskNode);
            return true;
        }
        catch (Exception e)
        {
            BuildMessages.LogError(BuildEngine, Diagnostics.SdkTask.Code, Diagnostics.SdkTask.Format(name, e.GetType().Name));
            return false;
        }
    }

    private string? FindTaskAssembly() => Guarded(static task =>
        task.BuildEngine is IBuildEngine10 engine ? ProjectScope.Find<ContainerPublish>(engine)?.Settings.TaskAssembly : null);

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
        bool isObserved = BuildEngine is IBuildEngine10 engine && ProjectScope.Find<ContainerPublish>(engine) is not { Settings.IsOff: true };
        return isObserved ? new TaskObservation() : null;
    }

    private bool ReportTo(TaskObservation observation, bool succeeded)
    {
        FaultInjection.Point("outcome");
        var engine = (IBuildEngine10)BuildEngine;
        ContainerPublish publish = Publishes.Of(engine);
        publish.SdkTelemetry = SdkTelemetryDetection.Detect(_sdkTask!.Task.GetType().Assembly);
        Report(engine, publish, observation, succeeded);
        return true;
    }

    /// <summary>Passes the inputs that the SDK's task has. A missing required one is MSBuild's own error, which MSBuild would have logged.</summary>
    private bool TryPassInputs()
    {
        foreach (KeyValuePair<string, object?> input in _inputs)
        {
            _sdkTask!.SetInput(input.Key, input.Value);
        }

        if (Guarded(static task => task._sdkTask!.FindMissingInput(task._inputs.ContainsKey)) is not { } missing)
        {
            return true;
        }

        BuildMessages.LogError(
            _sdkTask!.Task.BuildEngine,
            "MSB4044",
            $"The \"{GetType().Name}\" task was not given a value for the required parameter \"{missing}\".");
        return false;
    }

    /// <summary>The boundary of this package inside a build: no exception of ours passes it.</summary>
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
