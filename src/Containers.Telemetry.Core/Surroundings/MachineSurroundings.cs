using System.Runtime.InteropServices;

namespace Containers.Telemetry.Surroundings;

/// <summary>The machine that a publish ran on, in closed kinds only: no value of a variable and no line of a file is kept.</summary>
/// <param name="CiProvider">The continuous integration service.</param>
/// <param name="AgentEnvironment">The coding agent.</param>
/// <param name="ContainerRuntime">The runtime of the container that the publish ran in.</param>
/// <param name="IsWsl">True in the Windows Subsystem for Linux, outside any container.</param>
/// <param name="OSFamily">The family of the operating system.</param>
/// <param name="OSVersion">The version of the kernel on Linux, of the product elsewhere; null when unknown.</param>
/// <param name="LinuxDistribution">The distribution; <see cref="LinuxDistribution.None"/> when not on Linux.</param>
/// <param name="LinuxDistributionVersion">The distribution's version; null when unknown or when it has none.</param>
/// <param name="Architecture">The architecture of the operating system.</param>
/// <param name="Country">The country of the region setting; null when there is none.</param>
public sealed record MachineSurroundings(
    CiProvider CiProvider,
    AgentEnvironment AgentEnvironment,
    ContainerRuntime ContainerRuntime,
    bool IsWsl,
    OSFamily OSFamily,
    NumericVersion? OSVersion,
    LinuxDistribution LinuxDistribution,
    NumericVersion? LinuxDistributionVersion,
    MachineArchitecture Architecture,
    CountryCode? Country)
{
    /// <summary>Looks around. Cheap enough for every publish: variables and a handful of small files.</summary>
    public static MachineSurroundings Detect(IMachineEnvironment machine)
    {
        ContainerRuntime container = ContainerDetector.Detect(machine);
        OSRelease release = machine.OSFamily == OSFamily.Linux ? OSRelease.Read(machine) : default;

        return new MachineSurroundings(
            CiDetector.Detect(machine),
            AgentDetector.Detect(machine),
            container,
            WslDetector.IsWsl(machine, container),
            machine.OSFamily,
            NumericVersion.From(machine.OSVersion),
            release.Distribution,
            release.Version,
            From(machine.OSArchitecture),
            CountryCode.From(machine.RegionName));
    }

    private static MachineArchitecture From(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => MachineArchitecture.X64,
        System.Runtime.InteropServices.Architecture.X86 => MachineArchitecture.X86,
        System.Runtime.InteropServices.Architecture.Arm64 => MachineArchitecture.Arm64,
        System.Runtime.InteropServices.Architecture.Arm => MachineArchitecture.Arm,
        _ => MachineArchitecture.Other,
    };
}
