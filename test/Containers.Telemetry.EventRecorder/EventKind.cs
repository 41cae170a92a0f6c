namespace Containers.Telemetry.EventRecorder;

/// <summary>What MSBuild reported.</summary>
public enum EventKind
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
