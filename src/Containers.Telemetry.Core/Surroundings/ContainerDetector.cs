using static Containers.Telemetry.Surroundings.VariableCondition;

namespace Containers.Telemetry.Surroundings;

/// <summary>Tells whether the publish runs inside a container, and whose, by marks from the surest to the weakest.</summary>
internal static class ContainerDetector
{
    private const int MaxCgroupChars = 4 * 1024;

    // Below the size that would put the text on the large object heap. A container's own mounts are the first of the table.
    private const int MaxMountInfoChars = 32 * 1024;

    private static readonly VariableRule<ContainerRuntime>[] KubernetesRules =
    [
        new(ContainerRuntime.Kubernetes, Set("KUBERNETES_SERVICE_HOST")),
    ];

    // The variable by which a container's manager tells systemd its name.
    private static readonly VariableRule<ContainerRuntime>[] ManagerRules =
    [
        new(ContainerRuntime.Podman, Value("container", "podman")),
        new(ContainerRuntime.Docker, Value("container", "docker")),
        new(ContainerRuntime.Lxc, Value("container", "lxc")),
        new(ContainerRuntime.Other, Value("container", "systemd-nspawn")),
        new(ContainerRuntime.Other, Value("container", "oci")),
    ];

    private static readonly VariableRule<ContainerRuntime>[] WindowsUserRules =
    [
        new(ContainerRuntime.Windows, Value("USERNAME", "ContainerAdministrator")),
        new(ContainerRuntime.Windows, Value("USERNAME", "ContainerUser")),
    ];

    // Set by the official .NET images, under either name; says nothing of the runtime.
    private static readonly VariableRule<ContainerRuntime>[] DotnetImageRules =
    [
        new(ContainerRuntime.Other, Flag("DOTNET_RUNNING_IN_CONTAINER")),
        new(ContainerRuntime.Other, Flag("DOTNET_RUNNING_IN_CONTAINERS")),
    ];

    public static ContainerRuntime Detect(IMachineEnvironment machine) =>
        VariableRule<ContainerRuntime>.FirstMatch(KubernetesRules, machine)
        ?? machine.OSFamily switch
        {
            OSFamily.Linux => DetectOnLinux(machine),
            OSFamily.Windows => DetectOnWindows(machine),
            _ => null,
        }
        ?? VariableRule<ContainerRuntime>.FirstMatch(DotnetImageRules, machine)
        ?? ContainerRuntime.None;

    private static ContainerRuntime? DetectOnLinux(IMachineEnvironment machine)
    {
        if (machine.FileExists("/run/.containerenv"))
        {
            return ContainerRuntime.Podman;
        }

        if (machine.FileExists("/.dockerenv"))
        {
            return ContainerRuntime.Docker;
        }

        return VariableRule<ContainerRuntime>.FirstMatch(ManagerRules, machine)
            ?? CgroupMembership.Classify(machine.ReadFile("/proc/self/cgroup", MaxCgroupChars))
            ?? CgroupMembership.Classify(machine.ReadFile("/proc/1/cgroup", MaxCgroupChars))
            ?? ContainerMounts.Classify(machine.ReadFile("/proc/self/mountinfo", MaxMountInfoChars));
    }

    private static ContainerRuntime? DetectOnWindows(IMachineEnvironment machine) =>
        machine.IsWindowsContainer
            ? ContainerRuntime.Windows
            : VariableRule<ContainerRuntime>.FirstMatch(WindowsUserRules, machine);
}
