namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The direction of a transfer, as seen by the client.</summary>
public enum FaultDirection
{
    /// <summary>From the registry: GET of manifests and blobs.</summary>
    Pull,

    /// <summary>To the registry: uploads, PUT of manifests, and the HEAD by which a client asks whether it must upload.</summary>
    Push,
}
