using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Events.Schema;

/// <summary>Where the publish ran. Never put into the SDK's channel.</summary>
public static class SurroundingsFields
{
    public static readonly EventField PackageVersion = new("PackageVersion", FieldKind.Version, "The version of Containers.Telemetry.", "0.1.0");

    public static readonly EventField SdkVersion = new("SdkVersion", FieldKind.Version, "The version of the .NET SDK.", "10.0.401");

    public static readonly EventField MSBuildVersion = new("MSBuildVersion", FieldKind.Version, "The version of MSBuild.", "18.9.11");

    public static readonly EventField Host = new("MSBuildHost", FieldKind.Choice, "The program that runs the build.", "DotnetCli")
    {
        AllowedValues = Enum.GetNames<MSBuildHost>(),
    };

    public static readonly EventField NodeMode = new("MSBuildNodeMode", FieldKind.Choice, "The kind of build process that the task ran in.", "InProcess")
    {
        AllowedValues = Enum.GetNames<MSBuildNodeMode>(),
    };

    public static readonly EventField OSFamily = new("OSFamily", FieldKind.Choice, "The operating system.", "Linux")
    {
        AllowedValues = Enum.GetNames<OSFamily>(),
    };

    public static readonly EventField OSVersion = new("OSVersion", FieldKind.Version, "The version of the operating system; of the kernel on Linux.", "6.8");

    public static readonly EventField LinuxDistribution = new("LinuxDistribution", FieldKind.Choice, "The Linux distribution.", "Debian")
    {
        AllowedValues = Enum.GetNames<LinuxDistribution>(),
    };

    public static readonly EventField LinuxDistributionVersion = new("LinuxDistributionVersion", FieldKind.Version, "The version of the Linux distribution.", "12");

    public static readonly EventField Architecture = new("Architecture", FieldKind.Choice, "The processor architecture of the operating system.", "X64")
    {
        AllowedValues = Enum.GetNames<MachineArchitecture>(),
    };

    public static readonly EventField IsWsl = new("IsWsl", FieldKind.Flag, "Whether the publish ran in the Windows Subsystem for Linux.", "false");

    public static readonly EventField ContainerRuntime = new("ContainerRuntime", FieldKind.Choice, "The container that the publish ran in.", "Docker")
    {
        AllowedValues = Enum.GetNames<ContainerRuntime>(),
    };

    public static readonly EventField CiProvider = new("CiProvider", FieldKind.Choice, "The continuous integration service.", "GitHubActions")
    {
        AllowedValues = Enum.GetNames<CiProvider>(),
    };

    public static readonly EventField AgentEnvironment = new("AgentEnvironment", FieldKind.Choice, "The coding agent that ran the build.", "None")
    {
        AllowedValues = Enum.GetNames<AgentEnvironment>(),
    };

    public static readonly EventField Country = new("Country", FieldKind.Choice, "The country of the operating system's region setting (ISO 3166-1); no address is looked up.", "NO")
    {
        AllowedValues = CountryCode.All,
    };

    public static readonly EventField[] All =
    [
        PackageVersion, SdkVersion, MSBuildVersion, Host, NodeMode, OSFamily, OSVersion, LinuxDistribution, LinuxDistributionVersion,
        Architecture, IsWsl, ContainerRuntime, CiProvider, AgentEnvironment, Country,
    ];
}
