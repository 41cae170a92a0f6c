using Containers.Telemetry.Surroundings;

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

/// <summary>How each <see cref="RegistryKind"/> is written: as the SDK writes it.</summary>
public static class RegistryKindNames
{
    /// <summary>The names in the order of <see cref="RegistryKind"/>.</summary>
    public static readonly string[] All =
    [
        nameof(RegistryKind.Azure),
        nameof(RegistryKind.AWS),
        nameof(RegistryKind.Google),
        nameof(RegistryKind.GitHub),
        nameof(RegistryKind.DockerHub),
        nameof(RegistryKind.MCR),
        nameof(RegistryKind.Other),
    ];

    /// <summary>Returns the name of a kind.</summary>
    public static string Of(RegistryKind kind) => All[(int)kind];
}

/// <summary>How the places are written where an image can be without a registry.</summary>
public static class LocalKindNames
{
    private const string MacOSContainer = "MacOSContainer";
    private const string Wslc = "Wslc";

    // What the telemetry of the .NET 11 SDK calls a runtime that is neither Docker nor Podman.
    private const string Unknown = "Unknown";

    /// <summary>The container runtimes as the SDK's <c>LocalRegistry</c> names them, and the archive.</summary>
    public static readonly string[] All = ["Docker", "Podman", "Tarball", Wslc, MacOSContainer];

    /// <summary>How the SDK's telemetry writes each, in the order of <see cref="All"/>.</summary>
    public static readonly string[] InSdkTelemetry = ["Docker", "Podman", "Tarball", Unknown, Unknown];

    /// <summary>Returns the runtime that the SDK found, from what its telemetry says and the one system on which it looks for each new runtime.</summary>
    /// <param name="name">A value of the SDK's <c>LocalPushType</c>, or null.</param>
    /// <param name="system">The system that the SDK runs on.</param>
    public static string? FromSdkTelemetry(string? name, OSFamily system) => (name, system) switch
    {
        (Unknown, OSFamily.Windows) => Wslc,
        (Unknown, OSFamily.MacOS) => MacOSContainer,
        _ => name,
    };
}
