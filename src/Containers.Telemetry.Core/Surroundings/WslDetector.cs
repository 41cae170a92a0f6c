using static Containers.Telemetry.Surroundings.VariableCondition;

namespace Containers.Telemetry.Surroundings;

/// <summary>Tells the Windows Subsystem for Linux.</summary>
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
