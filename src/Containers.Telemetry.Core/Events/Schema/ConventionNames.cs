using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Events.Schema;

/// <summary>The names that OpenTelemetry's semantic conventions use for our values. An empty name means that the conventions have none.</summary>
internal static class ConventionNames
{
    /// <summary>Returns the names of all values of an enumeration, in the order of <see cref="Enum.GetNames{TEnum}"/>.</summary>
    public static string[] Of<T>(Converter<T, string> nameOf)
        where T : struct, Enum => Array.ConvertAll(Enum.GetValues<T>(), nameOf);

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

    /// <summary>The value of <c>container.runtime.name</c>.</summary>
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
