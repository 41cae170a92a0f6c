namespace Containers.Telemetry.Consent;

/// <summary>What a user has said once and for all projects.</summary>
public enum ConsentChoice
{
    /// <summary>Nothing.</summary>
    None,

    Enabled,

    Disabled,
}
