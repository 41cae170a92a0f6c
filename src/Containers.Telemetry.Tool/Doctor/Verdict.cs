namespace Containers.Telemetry.Tool.Doctor;

/// <summary>The result of a check.</summary>
internal enum Verdict
{
    /// <summary>No problem.</summary>
    Good,

    /// <summary>Publishes are observed, but something is lost.</summary>
    Warning,

    /// <summary>No publish is observed.</summary>
    Bad,
}
