using System.Net;

namespace Containers.Telemetry.Classification;

/// <summary>
/// The product or service of a registry of the kind <see cref="RegistryKind.Other"/>, by its host, or the network of its address. Reported to the
/// user's own sinks only.
/// </summary>
public enum RegistryProduct
{
    /// <summary>gitlab.com and GitLab Dedicated. A self-managed GitLab has another host and is <see cref="Other"/>.</summary>
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

    /// <summary>Any other registry, or text that does not name one.</summary>
    Other,
}

public static class RegistryProductNames
{
    /// <summary>The names in the order of <see cref="RegistryProduct"/>.</summary>
    public static readonly string[] All = Enum.GetNames(typeof(RegistryProduct));

    public static string Of(RegistryProduct product) => All[(int)product];
}

/// <summary>
/// Names the product of a registry by its host alone, by exact name or whole-label suffix, or the network of its address. Nothing is resolved, so
/// products under users' own host names (Harbor, Nexus, a self-managed GitLab) are unknown.
/// </summary>
internal static class RegistryProductClassifier
{
    private static readonly (string Suffix, RegistryProduct Product)[] Suffixes =
    [
        (".jfrog.io", RegistryProduct.JFrog),
        (".icr.io", RegistryProduct.IBM),
        (".ocir.io", RegistryProduct.Oracle),
        (".oci.oraclecloud.com", RegistryProduct.Oracle),
        (".aliyuncs.com", RegistryProduct.Alibaba),
        (".gitlab-dedicated.com", RegistryProduct.GitLab),
        (".localhost", RegistryProduct.Loopback),
    ];

    /// <summary>Classifies a registry as a user types it. Never throws, and allocates only for an address.</summary>
    /// <param name="authority">As for <see cref="RegistryClassifier.Classify"/>, or an IPv6 literal in brackets with an optional port.</param>
    /// <returns><see cref="RegistryProduct.Other"/> for an unknown or invalid authority.</returns>
    public static RegistryProduct Classify(ReadOnlySpan<char> authority)
    {
        authority = RegistryAuthority.WithoutSchemeAndPath(authority);
        if (RegistryAuthority.TryReadIPv6(authority, out IPAddress? address))
        {
            return ClassifyAddress(address);
        }

        Span<char> buffer = stackalloc char[RegistryAuthority.MaxHostLength];
        if (!RegistryAuthority.TryNormalize(authority, buffer, out ReadOnlySpan<char> host, out _))
        {
            return RegistryProduct.Other;
        }

        // TryParse takes other forms of an IPv4 address, too, such as 0x7f.1 and 10.
        return IPAddress.TryParse(host, out address) && host.SequenceEqual(address.ToString()) ? ClassifyAddress(address) : ClassifyName(host);
    }

    private static RegistryProduct ClassifyName(ReadOnlySpan<char> host)
    {
        RegistryProduct product = ClassifyExact(host);
        if (product != RegistryProduct.Other)
        {
            return product;
        }

        foreach ((string suffix, RegistryProduct candidate) in Suffixes)
        {
            if (host.EndsWith(suffix, StringComparison.Ordinal))
            {
                return candidate;
            }
        }

        return RegistryProduct.Other;
    }

    private static RegistryProduct ClassifyExact(ReadOnlySpan<char> host) => host switch
    {
        "registry.gitlab.com" => RegistryProduct.GitLab,
        "quay.io" => RegistryProduct.Quay,
        "registry.redhat.io" or "registry.access.redhat.com" or "registry.connect.redhat.com" => RegistryProduct.RedHat,
        "icr.io" => RegistryProduct.IBM,
        "container-registry.oracle.com" => RegistryProduct.Oracle,
        "registry.digitalocean.com" => RegistryProduct.DigitalOcean,
        "nvcr.io" => RegistryProduct.NVIDIA,
        "cgr.dev" => RegistryProduct.Chainguard,
        "dhi.io" => RegistryProduct.DockerHardenedImages,
        "registry1.dso.mil" => RegistryProduct.IronBank,
        "localhost" => RegistryProduct.Loopback,
        _ => RegistryProduct.Other,
    };

    private static RegistryProduct ClassifyAddress(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (IPAddress.IsLoopback(address))
        {
            return RegistryProduct.Loopback;
        }

        bool isPrivate = address.IsIPv6UniqueLocal
            || address.IsIPv6LinkLocal
            || address.GetAddressBytes() is [10, _, _, _] or [172, >= 16 and <= 31, _, _] or [192, 168, _, _] or [169, 254, _, _];
        return isPrivate ? RegistryProduct.PrivateNetwork : RegistryProduct.Other;
    }
}
