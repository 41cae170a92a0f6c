namespace Containers.Telemetry.Consent;

/// <summary>What a consent rule looks at.</summary>
public enum ConsentSource
{
    /// <summary>The MSBuild property <c>ContainersTelemetry</c>.</summary>
    Property,

    /// <summary>The environment variable <c>CONTAINERS_TELEMETRY_OPTOUT</c>.</summary>
    OptOutVariable,

    /// <summary>The choice that the user has stored on this machine.</summary>
    StoredChoice,

    /// <summary>The environment variable <c>DOTNET_CLI_TELEMETRY_OPTOUT</c>.</summary>
    CliOptOutVariable,

    /// <summary>The environment variable <c>DO_NOT_TRACK</c>.</summary>
    DoNotTrackVariable,

    /// <summary>The MSBuild property <c>ContainersTelemetryConsent</c>.</summary>
    ConsentProperty,

    /// <summary>The default: there is no setting and no stored choice.</summary>
    Default,
}
