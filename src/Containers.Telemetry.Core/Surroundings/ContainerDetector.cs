using Containers.Telemetry.Characters;
using static Containers.Telemetry.Surroundings.VariableCondition;

namespace Containers.Telemetry.Surroundings;

/// <summary>Detects whether the publish runs inside a container, and which kind, by marks from the surest to the weakest.</summary>
internal static class ContainerDetector
{
    private const int MaxCgroupChars = 4 * 1024;

    // Below the size that would put the text on the large object heap. A container's own mounts are the first of the table.
    private const int MaxMountInfoChars = 32 * 1024;

    private static readonly VariableRule<ContainerRuntime>[] KubernetesRules = [new(ContainerRuntime.Kubernetes, Set("KUBERNETES_SERVICE_HOST"))];

    // The variable in which a container manager passes its name to systemd.
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

    // Set by the official .NET images, under either name, with any runtime.
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

/// <summary>The runtime of the container that the publish runs in.</summary>
public enum ContainerRuntime
{
    /// <summary>Not in a container, as far as can be seen.</summary>
    None,

    /// <summary>In a container of a runtime that is unknown or not in this list.</summary>
    Other,

    Docker,

    /// <summary>A Kubernetes pod, whatever the runtime of its node.</summary>
    Kubernetes,

    /// <summary>LXC, LXD or Incus.</summary>
    Lxc,

    Podman,

    /// <summary>A Windows container outside Kubernetes.</summary>
    Windows,
}

/// <summary>Reads <c>/proc/self/mountinfo</c>. Under cgroup v2 the group's path is hidden, but a runtime's mounts still show their source folder.</summary>
internal static class ContainerMounts
{
    private const int MountPointField = 4;

    // In order of precedence, not of appearance: the root of a pod under CRI-O is in Podman's storage, the root of a Docker
    // container may be in containerd's, and only a later mount shows which it is.
    private static readonly (string Folder, ContainerRuntime Runtime)[] Folders =
    [
        ("/kubelet/pods/", ContainerRuntime.Kubernetes),
        ("/io.containerd.grpc.v1.cri/", ContainerRuntime.Kubernetes),
        ("/overlay-containers/", ContainerRuntime.Podman),
        ("/containers/storage/", ContainerRuntime.Podman),
        ("/docker/", ContainerRuntime.Docker),
        ("/io.containerd.", ContainerRuntime.Other),
        ("/buildkit/", ContainerRuntime.Other),
        ("/containers/", ContainerRuntime.Other),
    ];

    /// <summary>The runtime that made the mounts, or null when none did.</summary>
    public static ContainerRuntime? Classify(string? mountInfo)
    {
        int best = Folders.Length;

        ReadOnlySpan<char> rest = mountInfo;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> line = rest.TakeUntil('\n');
            if (IsOwnMount(line))
            {
                best = IndexOfFolder(line, best);
            }
        }

        return best < Folders.Length ? Folders[best].Runtime : null;
    }

    // All other lines are skipped, because a host lists the mounts of every container that runs on it.
    private static bool IsOwnMount(ReadOnlySpan<char> line)
    {
        for (int field = 0; field < MountPointField; field++)
        {
            line.TakeUntil(' ');
        }

        return line.TakeUntil(' ') is "/" or "/etc/hostname" or "/etc/hosts" or "/etc/resolv.conf";
    }

    private static int IndexOfFolder(ReadOnlySpan<char> line, int limit)
    {
        int index = 0;
        while (index < limit && !line.Contains(Folders[index].Folder, StringComparison.Ordinal))
        {
            index++;
        }

        return index;
    }
}

/// <summary>
/// Reads <c>/proc/&lt;pid&gt;/cgroup</c>: lines of <c>hierarchy:controllers:path</c>. Under cgroup v1, and under v2 without a cgroup
/// namespace, the path holds the group that the runtime made for the container.
/// </summary>
internal static class CgroupMembership
{
    private const int ShortIdLength = 12;
    private const int FullIdLength = 64;

    /// <summary>The runtime that made one of the groups, or null when none did.</summary>
    public static ContainerRuntime? Classify(string? cgroup)
    {
        ReadOnlySpan<char> rest = cgroup;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> path = rest.TakeUntil('\n');
            path.TakeUntil(':');
            path.TakeUntil(':');

            if (ClassifyPath(path) is { } runtime)
            {
                return runtime;
            }
        }

        return null;
    }

    private static ContainerRuntime? ClassifyPath(ReadOnlySpan<char> path)
    {
        while (!path.IsEmpty)
        {
            ReadOnlySpan<char> segment = path.TakeUntil('/');

            if (ClassifySegment(segment, isParent: !path.IsEmpty) is { } runtime)
            {
                return runtime;
            }
        }

        return null;
    }

    // The identifier is required, because a host has docker.service, docker-desktop.scope and the like.
    private static ContainerRuntime? ClassifySegment(ReadOnlySpan<char> segment, bool isParent) => segment switch
    {
        "kubepods" or "kubepods.slice" => ContainerRuntime.Kubernetes,
        "docker" when isParent => ContainerRuntime.Docker,
        "lxc" when isParent => ContainerRuntime.Lxc,
        "ecs" or "buildkit" when isParent => ContainerRuntime.Other,
        _ when IsContainer(segment, "docker-") => ContainerRuntime.Docker,
        _ when IsContainer(segment, "libpod-") => ContainerRuntime.Podman,
        _ when IsContainer(segment, "cri-containerd-") => ContainerRuntime.Kubernetes,
        _ when IsContainer(segment, "crio-") => ContainerRuntime.Kubernetes,
        _ when segment.StartsWith("lxc.payload", StringComparison.Ordinal) => ContainerRuntime.Lxc,
        _ when segment.Length == FullIdLength && segment.ContainsOnly(char.IsAsciiHexDigitLower) => ContainerRuntime.Other,
        _ => null,
    };

    private static bool IsContainer(ReadOnlySpan<char> segment, string prefix)
    {
        if (!segment.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> id = segment[prefix.Length..];
        if (id.EndsWith(".scope", StringComparison.Ordinal))
        {
            id = id[..^".scope".Length];
        }

        return id.Length >= ShortIdLength && id.ContainsOnly(char.IsAsciiHexDigitLower);
    }
}
