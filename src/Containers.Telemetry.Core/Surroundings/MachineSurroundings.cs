using System.Runtime.InteropServices;
using static Containers.Telemetry.Surroundings.VariableCondition;

namespace Containers.Telemetry.Surroundings;

/// <summary>The machine that a publish ran on, in closed kinds only: no value of a variable and no line of a file is kept.</summary>
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
    /// <summary>Detects the surroundings. Cheap enough for every publish: variables and a handful of small files.</summary>
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

/// <summary>The architecture of the machine's operating system.</summary>
public enum MachineArchitecture
{
    Other,
    Arm,
    Arm64,
    X64,
    X86,
}

/// <summary>The family of an operating system.</summary>
public enum OSFamily
{
    Other,
    FreeBSD,
    Linux,
    MacOS,
    Windows,
}

/// <summary>A country or territory by its ISO 3166-1 alpha-2 code.</summary>
public readonly record struct CountryCode
{
    private const string Assigned =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
        "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
        "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
        "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT " +
        "MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
        "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
        "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

    /// <summary>Every code there is.</summary>
    public static string[] All => Assigned.Split(' ');

    private readonly string? _code;

    private CountryCode(string code) => _code = code;

    /// <summary>The country of a region's name, or null for the invariant region, a part of the world and anything else.</summary>
    public static CountryCode? From(string? region) =>
        region is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] && Assigned.Contains(region, StringComparison.Ordinal)
            ? new CountryCode(region)
            : null;

    /// <summary>The two upper-case letters.</summary>
    public override string ToString() => _code ?? "";
}

/// <summary>Detects the Windows Subsystem for Linux.</summary>
internal static class WslDetector
{
    private const int MaxReleaseChars = 256;

    private static readonly VariableCondition DistributionName = Set("WSL_DISTRO_NAME");

    /// <summary>True in a WSL distribution; false in a container, which shares the kernel of the WSL that may carry it.</summary>
    public static bool IsWsl(IMachineEnvironment machine, ContainerRuntime container) =>
        machine.OSFamily == OSFamily.Linux
        && container == ContainerRuntime.None
        && (DistributionName.IsMet(machine) || HasMicrosoftKernel(machine));

    private static bool HasMicrosoftKernel(IMachineEnvironment machine)
    {
        string? release = machine.ReadFile("/proc/sys/kernel/osrelease", MaxReleaseChars)
            ?? machine.ReadFile("/proc/version", MaxReleaseChars);

        return release.AsSpan().Contains("microsoft", StringComparison.OrdinalIgnoreCase);
    }
}
