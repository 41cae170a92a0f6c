namespace Containers.Telemetry.Tool.Sdks;

/// <summary>What the package does in publishes of an SDK.</summary>
internal enum SdkSupport
{
    /// <summary>Publishes are observed.</summary>
    Observed,

    /// <summary>Publishes are bracketed: the version is one of those that are looked at, but its container targets are not those that are known.</summary>
    UnknownTargets,

    /// <summary>Publishes are bracketed: the version is older than those that are known, or newer, or a preview.</summary>
    UnknownVersion,

    /// <summary>The SDK has no container targets, and publishes no container.</summary>
    NoContainers,
}
