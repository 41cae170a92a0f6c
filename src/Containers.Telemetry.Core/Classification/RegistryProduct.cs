namespace Containers.Telemetry.Classification;

/// <summary>
/// What a registry is whose <see cref="RegistryKind"/> is <see cref="RegistryKind.Other"/>: a product or a service that its host names, or
/// the kind of network that its address is of. Reported to the user's own sinks only.
/// </summary>
public enum RegistryProduct
{
    /// <summary>gitlab.com and GitLab Dedicated. A self-managed GitLab has a host of its own and is <see cref="Other"/>.</summary>
    GitLab,

    /// <summary>quay.io.</summary>
    Quay,

    /// <summary>Artifactory as JFrog's service.</summary>
    JFrog,

    RedHat,
    IBM,
    Oracle,
    Alibaba,
    DigitalOcean,
    NVIDIA,
    Chainguard,
    DockerHardenedImages,

    /// <summary>The registry of the United States Department of Defense.</summary>
    IronBank,

    /// <summary><c>localhost</c>, or an address of this machine.</summary>
    Loopback,

    /// <summary>An address that the Internet does not route: RFC 1918, unique local (RFC 4193) or link-local.</summary>
    PrivateNetwork,

    /// <summary>Any other registry, or text that is no registry at all.</summary>
    Other,
}

/// <summary>How each <see cref="RegistryProduct"/> is written.</summary>
public static class RegistryProductNames
{
    /// <summary>The names in the order of <see cref="RegistryProduct"/>.</summary>
    public static readonly string[] All = Enum.GetNames<RegistryProduct>();

    /// <summary>Returns the name of a product.</summary>
    public static string Of(RegistryProduct product) => All[(int)product];
}
