using System.Collections;
using Containers.Telemetry.Sdk;
using Microsoft.Build.Framework;

namespace Containers.Telemetry;

/// <summary>A build engine that records everything that a task reports.</summary>
internal sealed class RecordingBuildEngine : IBuildEngine10
{
    private readonly Dictionary<object, object> _taskObjects = [];

    /// <summary>Errors, warnings and messages in the order of a log.</summary>
    public List<string> Log { get; } = [];

    public List<(string Name, Dictionary<string, string> Properties)> Telemetry { get; } = [];

    public Dictionary<string, string> GlobalProperties { get; } = [];

    /// <summary>The exception that <see cref="GetGlobalProperties"/> throws; null for none.</summary>
    public Exception? GlobalPropertiesFault { get; init; }

    /// <summary>The exception that <see cref="RegisterTaskObject"/> throws; null for none.</summary>
    public Exception? RegistrationFault { get; init; }

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 1;

    public int ColumnNumberOfTaskNode => 1;

    public string ProjectFileOfTaskNode => ObservedSdk.TargetsFile;

    public bool IsRunningMultipleNodes => false;

    public bool AllowFailureWithoutError { get; set; }

    public EngineServices EngineServices { get; } = new EveryMessage();

    public void LogErrorEvent(BuildErrorEventArgs e) => Note($"error {e.Code}: {e.Message}");

    public void LogWarningEvent(BuildWarningEventArgs e) => Note($"warning {e.Code}: {e.Message}");

    public void LogMessageEvent(BuildMessageEventArgs e) => Note($"{e.Importance}: {e.Message}");

    public void LogCustomEvent(CustomBuildEventArgs e) => throw new NotSupportedException();

    public void LogTelemetry(string eventName, IDictionary<string, string> properties)
    {
        lock (Log)
        {
            Telemetry.Add((eventName, new Dictionary<string, string>(properties)));
        }
    }

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => GlobalPropertiesFault is { } fault ? throw fault : GlobalProperties;

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection)
    {
        if (RegistrationFault is { } fault)
        {
            throw fault;
        }

        _taskObjects[key] = obj;
    }

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => _taskObjects.GetValueOrDefault(key)!;

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) =>
        _taskObjects.Remove(key, out object? registered) ? registered : null!;

    public bool ShouldTreatWarningAsError(string warningCode) => false;

    public int RequestCores(int requestedCores) => requestedCores;

    public void ReleaseCores(int coresToRelease)
    {
    }

    public void Yield()
    {
    }

    public void Reacquire()
    {
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) =>
        throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IDictionary[] targetOutputsPerProject,
        string[] toolsVersion,
        bool useResultsCache,
        bool unloadProjectsOnCompletion) => throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IList<string>[] removeGlobalProperties,
        string[] toolsVersion,
        bool returnTargetOutputs) => throw new NotSupportedException();

    private void Note(string line)
    {
        lock (Log)
        {
            Log.Add(line);
        }
    }

    private sealed class EveryMessage : EngineServices
    {
        public override bool IsTaskInputLoggingEnabled => false;

        public override bool LogsMessagesOfImportance(MessageImportance importance) => true;
    }
}
