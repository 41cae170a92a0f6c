namespace Containers.Telemetry.Classification;

/// <summary>
/// Whose registry an image is pulled from or pushed to. The names are the values of the SDK's <c>RemotePullType</c> and
/// <c>RemotePushType</c>.
/// </summary>
public enum RegistryKind
{
    Azure,
    AWS,
    Google,
    GitHub,
    DockerHub,

    /// <summary>The Microsoft Container Registry, also as operated in China.</summary>
    MCR,

    /// <summary>Any other registry, or text that is no registry at all.</summary>
    Other,
}
