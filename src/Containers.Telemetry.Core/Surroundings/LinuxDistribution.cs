namespace Containers.Telemetry.Surroundings;

/// <summary>A Linux distribution that is widely known, so that its name tells nothing of its user.</summary>
public enum LinuxDistribution
{
    /// <summary>Not Linux.</summary>
    None,

    /// <summary>A distribution that is not in this list, or that does not say its name.</summary>
    Other,

    AlmaLinux,
    Alpine,
    AmazonLinux,
    Arch,
    AzureLinux,

    /// <summary>CBL-Mariner, Azure Linux before its third version.</summary>
    CblMariner,

    CentOS,
    Debian,
    Fedora,
    Gentoo,
    Kali,
    LinuxMint,
    Manjaro,
    NixOS,
    OpenSuseLeap,
    OpenSuseTumbleweed,
    OracleLinux,
    PopOS,
    Raspbian,
    RedHatEnterpriseLinux,
    RockyLinux,
    SuseLinuxEnterprise,
    Ubuntu,
    Wolfi,
}
