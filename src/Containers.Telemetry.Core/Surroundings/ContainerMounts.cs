namespace Containers.Telemetry.Surroundings;

/// <summary>
/// Reads <c>/proc/self/mountinfo</c>. Under cgroup v2 the group's path is hidden, but the mounts that a runtime makes for a container
/// still name the folder they come from.
/// </summary>
internal static class ContainerMounts
{
    private const int MountPointField = 4;

    // In order of precedence, not of appearance: the root of a pod under CRI-O lies in Podman's storage, that of a Docker
    // container may lie in containerd's, and only a later mount tells.
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

    // All other lines are passed over, because a host lists the mounts of every container that runs on it.
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
