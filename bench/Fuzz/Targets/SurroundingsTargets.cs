using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Fuzz.Targets;

/// <summary>Values that the system reports about itself.</summary>
internal static class SurroundingsTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("os-release", 3_000, static (string text) => Require.That(Enum.IsDefined(OSRelease.Parse(text).Distribution), "The distribution has no name."),
            "NAME=\"Ubuntu\"\nID=ubuntu\nVERSION_ID=\"24.04\"\nID_LIKE=debian\n", "ID='alpine'\nVERSION_ID=3.22.1\n"),
        new("mounts", 3_000, static (string text) => Require.That(ContainerMounts.Classify(text) is not { } runtime || Enum.IsDefined(runtime), "The runtime has no name."),
            "600 599 0:50 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A:/var/lib/docker/overlay2/l/B,upperdir=/u,workdir=/w\n",
            "700 600 8:1 /var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/0123/resolv.conf /etc/resolv.conf rw - ext4 /dev/sda1 rw\n"),
        new("cgroup", 3_000, static (string text) => Require.That(CgroupMembership.Classify(text) is not { } runtime || Enum.IsDefined(runtime), "The runtime has no name."),
            "12:memory:/docker/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n", "0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-0123.scope\n"),
    ];
}
