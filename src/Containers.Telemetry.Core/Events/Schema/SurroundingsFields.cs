using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Events.Schema;

/// <summary>Where the publish ran. Never put into the SDK's channel.</summary>
public static class SurroundingsFields
{
    public static readonly EventField PackageVersion = new("PackageVersion", "service.version", FieldKind.Version,
        "The version of Containers.Telemetry.", "0.1.0")
    { IsResource = true };

    public static readonly EventField SdkVersion = new("SdkVersion", AttributeNames.Prefix + "sdk.version", FieldKind.Version,
        "The version of the .NET SDK.", "10.0.401")
    { IsResource = true };

    public static readonly EventField MSBuildVersion = new("MSBuildVersion", AttributeNames.Prefix + "msbuild.version", FieldKind.Version,
        "The version of MSBuild.", "18.9.11")
    { IsResource = true };

    public static readonly EventField Host = new("MSBuildHost", AttributeNames.Prefix + "msbuild.host", FieldKind.Choice,
        "The program that runs the build.", "DotnetCli")
    { IsResource = true, AllowedValues = Enum.GetNames(typeof(MSBuildHost)) };

    public static readonly EventField NodeMode = new("MSBuildNodeMode", AttributeNames.Prefix + "msbuild.node_mode", FieldKind.Choice,
        "The kind of build process that the task ran in.", "InProcess")
    { IsResource = true, AllowedValues = Enum.GetNames(typeof(MSBuildNodeMode)) };

    public static readonly EventField OSFamily = new("OSFamily", "os.type", FieldKind.Choice,
        "The operating system.", "Linux")
    {
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(OSFamily)),
        AttributeValues = ["", "freebsd", "linux", "darwin", "windows"],
    };

    // The convention's os.version belongs to os.name, which names the distribution on Linux; this may be the kernel's.
    public static readonly EventField OSVersion = new("OSVersion", AttributeNames.Prefix + "os.release", FieldKind.Version,
        "The version of the operating system; of the kernel on Linux.", "6.8")
    { IsResource = true };

    public static readonly EventField LinuxDistribution = new("LinuxDistribution", "os.name", FieldKind.Choice,
        "The Linux distribution.", "Debian")
    {
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(LinuxDistribution)),
        AttributeValues =
        [
            "", "Other", "AlmaLinux", "Alpine Linux", "Amazon Linux", "Arch Linux", "Azure Linux", "CBL-Mariner", "CentOS", "Debian",
            "Fedora", "Gentoo", "Kali Linux", "Linux Mint", "Manjaro", "NixOS", "openSUSE Leap", "openSUSE Tumbleweed", "Oracle Linux",
            "Pop!_OS", "Raspbian", "Red Hat Enterprise Linux", "Rocky Linux", "SUSE Linux Enterprise", "Ubuntu", "Wolfi",
        ],
    };

    public static readonly EventField LinuxDistributionVersion = new("LinuxDistributionVersion", "os.version", FieldKind.Version,
        "The version of the Linux distribution.", "12")
    { IsResource = true };

    public static readonly EventField Architecture = new("Architecture", "host.arch", FieldKind.Choice,
        "The processor architecture of the operating system.", "X64")
    {
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(MachineArchitecture)),
        AttributeValues = ["", "arm32", "arm64", "amd64", "x86"],
    };

    public static readonly EventField IsWsl = new("IsWsl", AttributeNames.Prefix + "wsl", FieldKind.Flag,
        "Whether the publish ran in the Windows Subsystem for Linux.", "false")
    { IsResource = true };

    public static readonly EventField ContainerRuntime = new("ContainerRuntime", "container.runtime.name", FieldKind.Choice,
        "The container that the publish ran in.", "Docker")
    {
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(ContainerRuntime)),
        AttributeValues = ["", "other", "docker", "kubernetes", "lxc", "podman", "windows"],
        OwnAttribute = AttributeNames.Prefix + "container.kind",
        OwnAttributeValues = ["Kubernetes", "Other", "Windows"],
    };

    public static readonly EventField CiProvider = new("CiProvider", AttributeNames.Prefix + "ci.provider", FieldKind.Choice,
        "The continuous integration service.", "GitHubActions")
    { IsResource = true, AllowedValues = Enum.GetNames(typeof(CiProvider)) };

    public static readonly EventField AgentEnvironment = new("AgentEnvironment", AttributeNames.Prefix + "agent", FieldKind.Choice,
        "The coding agent that ran the build.", "None")
    { IsResource = true, AllowedValues = Enum.GetNames(typeof(AgentEnvironment)) };

    public static readonly EventField Country = new("Country", "geo.country.iso_code", FieldKind.Choice,
        "The country of the operating system's region setting (ISO 3166-1); no address is looked up.", "NO")
    { IsResource = true, AllowedValues = CountryCode.All };

    public static readonly EventField[] All =
    [
        PackageVersion, SdkVersion, MSBuildVersion, Host, NodeMode, OSFamily, OSVersion, LinuxDistribution, LinuxDistributionVersion,
        Architecture, IsWsl, ContainerRuntime, CiProvider, AgentEnvironment, Country,
    ];
}
