namespace Containers.Telemetry.Failures;

/// <summary>Which way bytes were going when a publish failed.</summary>
public enum TransferDirection
{
    /// <summary>Nothing was being transferred, or the direction is unknown.</summary>
    None,

    /// <summary>From the registry of the base image.</summary>
    Pull,

    /// <summary>To the registry, daemon or archive that the image was meant for.</summary>
    Push,
}
