namespace Containers.Telemetry.Surroundings;

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

    // The identifier is asked for because a host has docker.service, docker-desktop.scope and the like.
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
        _ when segment.Length == FullIdLength && IsHexadecimal(segment) => ContainerRuntime.Other,
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

        return id.Length >= ShortIdLength && IsHexadecimal(id);
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiHexDigitLower(character))
            {
                return false;
            }
        }

        return true;
    }
}
