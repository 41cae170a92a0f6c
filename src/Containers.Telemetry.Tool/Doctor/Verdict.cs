namespace Containers.Telemetry.Tool.Doctor;

/// <summary>The result of a check.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Publishes are observed all the same, but something is lost.</summary>
    Warning,

    /// <summary>Because of this no publish is observed.</summary>
    Bad,
}
