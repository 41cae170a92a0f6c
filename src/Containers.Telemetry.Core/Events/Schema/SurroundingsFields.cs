using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Events.Schema;

/// <summary>Where the publish ran. Never put into the SDK's channel.</summary>
public static class SurroundingsFields
{
    public static readonly EventField PackageVersion = new("PackageVersion", FieldKind.Version, "The version of Containers.Telemetry.", "0.1.0")
    {
        Attribute = "service.version",
        IsResource = true,
    };

    public static readonly EventField SdkVersion = new("SdkVersion", FieldKind.Version, "The version of the .NET SDK.", "10.0.401")
    {
        Attribute = AttributeNames.Prefix + "sdk.version",
        IsResource = true,
    };

    public static readonly EventField MSBuildVersion = new("MSBuildVersion", FieldKind.Version, "The version of MSBuild.", "18.9.11")
    {
        Attribute = AttributeNames.Prefix + "msbuild.version",
        IsResource = true,
    };

    public static readonly EventField Host = new("MSBuildHost", FieldKind.Choice, "The program that runs the build.", "DotnetCli")
    {
        Attribute = AttributeNames.Prefix + "msbuild.host",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(MSBuildHost)),
    };

    public static readonly EventField NodeMode = new("MSBuildNodeMode", FieldKind.Choice, "The kind of build process that the task ran in.", "InProcess")
    {
        Attribute = AttributeNames.Prefix + "msbuild.node_mode",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(MSBuildNodeMode)),
    };

    public static readonly EventField OSFamily = new("OSFamily", FieldKind.Choice, "The operating system.", "Linux")
    {
        Attribute = "os.type",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(OSFamily)),
        AttributeValues = ConventionNames.Of<OSFamily>(ConventionNames.NameOf),
    };

    public static readonly EventField OSVersion = new("OSVersion", FieldKind.Version, "The version of the operating system; of the kernel on Linux.", "6.8")
    {
        // The convention's os.version belongs to os.name, which names the distribution on Linux; this may be the kernel's.
        Attribute = AttributeNames.Prefix + "os.release",
        IsResource = true,
    };

    public static readonly EventField LinuxDistribution = new("LinuxDistribution", FieldKind.Choice, "The Linux distribution.", "Debian")
    {
        Attribute = "os.name",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(LinuxDistribution)),
        AttributeValues = ConventionNames.Of<LinuxDistribution>(ConventionNames.NameOf),
    };

    public static readonly EventField LinuxDistributionVersion = new("LinuxDistributionVersion", FieldKind.Version, "The version of the Linux distribution.", "12")
    {
        Attribute = "os.version",
        IsResource = true,
    };

    public static readonly EventField Architecture = new("Architecture", FieldKind.Choice, "The processor architecture of the operating system.", "X64")
    {
        Attribute = "host.arch",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(MachineArchitecture)),
        AttributeValues = ConventionNames.Of<MachineArchitecture>(ConventionNames.NameOf),
    };

    public static readonly EventField IsWsl = new("IsWsl", FieldKind.Flag, "Whether the publish ran in the Windows Subsystem for Linux.", "false")
    {
        Attribute = AttributeNames.Prefix + "wsl",
        IsResource = true,
    };

    public static readonly EventField ContainerRuntime = new("ContainerRuntime", FieldKind.Choice, "The container that the publish ran in.", "Docker")
    {
        Attribute = "container.runtime.name",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(ContainerRuntime)),
        AttributeValues = ConventionNames.Of<ContainerRuntime>(ConventionNames.NameOf),
        OwnAttribute = AttributeNames.Prefix + "container.kind",
        OwnAttributeValues = ["Kubernetes", "Other", "Windows"],
    };

    public static readonly EventField CiProvider = new("CiProvider", FieldKind.Choice, "The continuous integration service.", "GitHubActions")
    {
        Attribute = AttributeNames.Prefix + "ci.provider",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(CiProvider)),
    };

    public static readonly EventField AgentEnvironment = new("AgentEnvironment", FieldKind.Choice, "The coding agent that ran the build.", "None")
    {
        Attribute = AttributeNames.Prefix + "agent",
        IsResource = true,
        AllowedValues = Enum.GetNames(typeof(AgentEnvironment)),
    };

    public static readonly EventField Country = new("Country", FieldKind.Choice, "The country of the operating system's region setting (ISO 3166-1); no address is looked up.", "NO")
    {
        Attribute = "geo.country.iso_code",
        IsResource = true,
        AllowedValues = CountryCode.All,
    };

    public static readonly EventField[] All =
    [
        PackageVersion, SdkVersion, MSBuildVersion, Host, NodeMode, OSFamily, OSVersion, LinuxDistribution, LinuxDistributionVersion,
        Architecture, IsWsl, ContainerRuntime, CiProvider, AgentEnvironment, Country,
    ];
}

/// <summary>The names that OpenTelemetry's semantic conventions use for our values. An empty name means that the conventions have none.</summary>
internal static class ConventionNames
{
    /// <summary>Returns the names of all values of an enumeration, in the order of <see cref="Enum.GetNames(Type)"/>.</summary>
    public static string[] Of<T>(Func<T, string> nameOf)
        where T : struct, Enum
    {
        var values = (T[])Enum.GetValues(typeof(T));
        var names = new string[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            names[i] = nameOf(values[i]);
        }

        return names;
    }

    /// <summary>The value of <c>os.type</c>.</summary>
    public static string NameOf(OSFamily family) => family switch
    {
        OSFamily.FreeBSD => "freebsd",
        OSFamily.Linux => "linux",
        OSFamily.MacOS => "darwin",
        OSFamily.Windows => "windows",
        _ => "",
    };

    /// <summary>The value of <c>host.arch</c>.</summary>
    public static string NameOf(MachineArchitecture architecture) => architecture switch
    {
        MachineArchitecture.Arm => "arm32",
        MachineArchitecture.Arm64 => "arm64",
        MachineArchitecture.X64 => "amd64",
        MachineArchitecture.X86 => "x86",
        _ => "",
    };

    /// <summary>The value of <c>container.runtime.name</c>, or of our own attribute for anything but a runtime.</summary>
    public static string NameOf(ContainerRuntime runtime) => runtime switch
    {
        ContainerRuntime.Docker => "docker",
        ContainerRuntime.Kubernetes => "kubernetes",
        ContainerRuntime.Lxc => "lxc",
        ContainerRuntime.Other => "other",
        ContainerRuntime.Podman => "podman",
        ContainerRuntime.Windows => "windows",
        _ => "",
    };

    /// <summary>The value of <c>os.name</c>: the name that the distribution gives itself.</summary>
    public static string NameOf(LinuxDistribution distribution) => distribution switch
    {
        LinuxDistribution.None => "",
        LinuxDistribution.Alpine => "Alpine Linux",
        LinuxDistribution.AmazonLinux => "Amazon Linux",
        LinuxDistribution.Arch => "Arch Linux",
        LinuxDistribution.AzureLinux => "Azure Linux",
        LinuxDistribution.CblMariner => "CBL-Mariner",
        LinuxDistribution.Kali => "Kali Linux",
        LinuxDistribution.LinuxMint => "Linux Mint",
        LinuxDistribution.OpenSuseLeap => "openSUSE Leap",
        LinuxDistribution.OpenSuseTumbleweed => "openSUSE Tumbleweed",
        LinuxDistribution.OracleLinux => "Oracle Linux",
        LinuxDistribution.PopOS => "Pop!_OS",
        LinuxDistribution.RedHatEnterpriseLinux => "Red Hat Enterprise Linux",
        LinuxDistribution.RockyLinux => "Rocky Linux",
        LinuxDistribution.SuseLinuxEnterprise => "SUSE Linux Enterprise",
        _ => distribution.ToString(),
    };
}
