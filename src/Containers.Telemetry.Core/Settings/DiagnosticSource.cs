namespace Containers.Telemetry.Settings;

/// <summary>What raises a diagnostic.</summary>
public enum DiagnosticSource
{
    /// <summary>A warning of the targets: their text is a copy of ours, which a test compares.</summary>
    Targets,

    /// <summary>A warning of the tasks. The targets list its code, so that it never becomes an error.</summary>
    Tasks,

    /// <summary>An error of the tasks.</summary>
    FailedTask,
}
