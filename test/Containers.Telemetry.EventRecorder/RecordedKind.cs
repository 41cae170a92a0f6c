namespace Containers.Telemetry.EventRecorder;

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
