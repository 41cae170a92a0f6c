namespace Containers.Telemetry.EventRecorder;

/// <summary>What MSBuild reported.</summary>
public enum RecordedKind
{
    AssemblyLoaded,
    BuildFinished,
    Error,
    Message,
    Parameter,
    ProjectFinished,
    TargetFinished,
    TargetStarted,
    TaskFinished,
    TaskStarted,
    Telemetry,
    Warning,
}
