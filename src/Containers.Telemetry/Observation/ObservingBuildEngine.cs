using System.Collections;
using Containers.Telemetry.Events;

namespace Containers.Telemetry.Observation;

/// <summary>The build engine for a task of the SDK: passes everything on but the SDK's container telemetry, and records errors and messages.</summary>
internal sealed class ObservingBuildEngine(IBuildEngine10 engine, TaskObservation observation) : IBuildEngine10
{
    public bool ContinueOnError => engine.ContinueOnError;

    public int LineNumberOfTaskNode => engine.LineNumberOfTaskNode;

    public int ColumnNumberOfTaskNode => engine.ColumnNumberOfTaskNode;

    public string ProjectFileOfTaskNode => engine.ProjectFileOfTaskNode;

    public bool IsRunningMultipleNodes => engine.IsRunningMultipleNodes;

    public bool AllowFailureWithoutError
    {
        get => engine.AllowFailureWithoutError;
        set => engine.AllowFailureWithoutError = value;
    }

    public EngineServices EngineServices => engine.EngineServices;

    public void LogErrorEvent(BuildErrorEventArgs e)
    {
        Observe(() => observation.OnError(e));
        engine.LogErrorEvent(e);
    }

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
        if (eventName.StartsWith(EventNames.Prefix, StringComparison.Ordinal))
        {
            Observe(() => observation.OnSdkEvent(eventName, properties));
        }
        else
        {
            engine.LogTelemetry(eventName, properties);
        }
    }

    public void LogWarningEvent(BuildWarningEventArgs e) => engine.LogWarningEvent(e);

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
        if (e?.Importance is MessageImportance.High)
        {
            Observe(() => observation.OnMessage(e));
        }

        engine.LogMessageEvent(e);
    }

    public void LogCustomEvent(CustomBuildEventArgs e) => engine.LogCustomEvent(e);

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        engine.BuildProjectFile(projectFileName, targetNames, globalProperties, targetOutputs);

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) =>
        engine.BuildProjectFile(projectFileName, targetNames, globalProperties, targetOutputs, toolsVersion);

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion,
        bool useResultsCache, bool unloadProjectsOnCompletion) => engine.BuildProjectFilesInParallel(
            projectFileNames, targetNames, globalProperties, targetOutputsPerProject, toolsVersion, useResultsCache, unloadProjectsOnCompletion);

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion,
        bool returnTargetOutputs) =>
        engine.BuildProjectFilesInParallel(projectFileNames, targetNames, globalProperties, removeGlobalProperties, toolsVersion, returnTargetOutputs);

    public void Yield() => engine.Yield();

    public void Reacquire() => engine.Reacquire();

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) =>
        engine.RegisterTaskObject(key, obj, lifetime, allowEarlyCollection);

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => engine.GetRegisteredTaskObject(key, lifetime);

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => engine.UnregisterTaskObject(key, lifetime);

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => engine.GetGlobalProperties();

    public bool ShouldTreatWarningAsError(string warningCode) => engine.ShouldTreatWarningAsError(warningCode);

    public int RequestCores(int requestedCores) => engine.RequestCores(requestedCores);

    public void ReleaseCores(int coresToRelease) => engine.ReleaseCores(coresToRelease);

    private static void Observe(Action note)
    {
        try
        {
            FaultInjection.Point("engine");
            note();
        }
        catch (Exception)
        {
            // A failed observation is lost; it must not affect the SDK's task.
        }
    }
}
