using System.Buffers;

namespace Containers.Telemetry.Surroundings;

/// <summary>
/// Reads <c>/proc/&lt;pid&gt;/cgroup</c>: lines of <c>hierarchy:controllers:path</c>. Under cgroup v1, and under v2 without a cgroup
/// namespace, the path holds the group that the runtime made for the container.
/// </summary>
internal static class CgroupMembership
{
    private const int ShortIdLength = 12;
    private const int FullIdLength = 64;

    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The runtime that made one of the groups, or null when none did.</summary>
    public static ContainerRuntime? Classify(string? cgroup)
    {
        foreach (ReadOnlySpan<char> line in cgroup.AsSpan().EnumerateLines())
        {
            if (ClassifyPath(PathOf(line)) is { } runtime)
            {
                return runtime;
            }
        }

        return null;
    }

    private static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> line)
    {
        int first = line.IndexOf(':');
        int second = line[(first + 1)..].IndexOf(':');

        return first < 0 || second < 0 ? default : line[(first + second + 2)..];
    }

    private static ContainerRuntime? ClassifyPath(ReadOnlySpan<char> path)
    {
        while (!path.IsEmpty)
        {
            int slash = path.IndexOf('/');
            ReadOnlySpan<char> segment = slash < 0 ? path : path[..slash];
            path = slash < 0 ? default : path[(slash + 1)..];

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

    private static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexadecimalDigits);
}
