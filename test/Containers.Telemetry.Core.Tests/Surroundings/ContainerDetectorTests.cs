using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Core.Tests.Surroundings;

[TestClass]
public sealed class ContainerDetectorTests
{
    private const string Id = "1ebedb637aea644ece9c9eb3f93f41cbe6e5a96ce3961f665b83bd12363ab303";

    [TestMethod]
    [DataRow("/.dockerenv", ContainerRuntime.Docker)]
    [DataRow("/run/.containerenv", ContainerRuntime.Podman)]
    public void Detect_MarkerFile_ReturnsItsRuntime(string path, ContainerRuntime expected)
    {
        FakeMachine machine = FakeMachine.WithFile(path, "");

        Assert.AreEqual(expected, ContainerDetector.Detect(machine));
        Assert.IsEmpty(machine.FilesRead, "The first mark decides; nothing more is read.");
    }

    [TestMethod]
    [DataRow("KUBERNETES_SERVICE_HOST=10.96.0.1", ContainerRuntime.Kubernetes)]
    [DataRow("container=podman", ContainerRuntime.Podman)]
    [DataRow("container=docker", ContainerRuntime.Docker)]
    [DataRow("container=lxc", ContainerRuntime.Lxc)]
    [DataRow("container=systemd-nspawn", ContainerRuntime.Other)]
    [DataRow("container=oci", ContainerRuntime.Other)]
    [DataRow("container=acme-secret", ContainerRuntime.None)]
    [DataRow("DOTNET_RUNNING_IN_CONTAINER=true", ContainerRuntime.Other)]
    [DataRow("DOTNET_RUNNING_IN_CONTAINERS=1", ContainerRuntime.Other)]
    [DataRow("DOTNET_RUNNING_IN_CONTAINER=false", ContainerRuntime.None)]
    [DataRow("", ContainerRuntime.None)]
    public void Detect_Variable_ReturnsItsRuntime(string variables, ContainerRuntime expected) =>
        Assert.AreEqual(expected, ContainerDetector.Detect(FakeMachine.WithVariables(variables)));

    [TestMethod]
    public void Detect_DockerMarkInAPod_ReturnsKubernetes()
    {
        FakeMachine machine = FakeMachine.WithVariables("KUBERNETES_SERVICE_HOST=10.96.0.1;DOTNET_RUNNING_IN_CONTAINER=true");
        machine.Files["/.dockerenv"] = "";

        Assert.AreEqual(ContainerRuntime.Kubernetes, ContainerDetector.Detect(machine));
    }

    [TestMethod]
    [DataRow($"12:cpuset:/docker/{Id}\n11:pids:/docker/{Id}", ContainerRuntime.Docker, DisplayName = "v1, cgroupfs driver")]
    [DataRow($"1:name=systemd:/system.slice/docker-{Id}.scope", ContainerRuntime.Docker, DisplayName = "v1, systemd driver")]
    [DataRow($"0::/system.slice/docker-{Id}.scope", ContainerRuntime.Docker, DisplayName = "v2, the host's namespace")]
    [DataRow($"0::/system.slice/docker-{Id}.scope/init\r\n", ContainerRuntime.Docker, DisplayName = "v2, a child of the container's group")]
    [DataRow("3:cpu:/docker/buildkit/7n4hrr2ghkqz9yjkcbrchpyn5", ContainerRuntime.Docker, DisplayName = "A build step of Docker")]
    [DataRow("11:memory:/kubepods/besteffort/pod6c85216c/162a25c865d3", ContainerRuntime.Kubernetes, DisplayName = "A pod, cgroupfs driver")]
    [DataRow($"0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-{Id}.scope", ContainerRuntime.Kubernetes, DisplayName = "A pod")]
    [DataRow($"0::/../cri-containerd-{Id}.scope", ContainerRuntime.Kubernetes, DisplayName = "A pod under containerd")]
    [DataRow($"0::/../crio-{Id}.scope", ContainerRuntime.Kubernetes, DisplayName = "A pod under CRI-O")]
    [DataRow($"0::/user.slice/user-1000.slice/libpod-{Id}.scope/container", ContainerRuntime.Podman, DisplayName = "Podman without root")]
    [DataRow($"9:pids:/libpod_parent/libpod-{Id}", ContainerRuntime.Podman, DisplayName = "Podman, cgroupfs driver")]
    [DataRow("5:devices:/lxc/build-box", ContainerRuntime.Lxc, DisplayName = "LXC")]
    [DataRow("0::/lxc.payload.build-box/init.scope", ContainerRuntime.Lxc, DisplayName = "LXC 4")]
    [DataRow("4:memory:/ecs/55091c13-b8cf-4801-b527-f4601742204d/432624d2150b", ContainerRuntime.Other, DisplayName = "ECS")]
    [DataRow($"0::/default/{Id}", ContainerRuntime.Other, DisplayName = "A runtime that gives the identifier alone")]
    public void Detect_CgroupOfAContainer_ReturnsItsRuntime(string cgroup, ContainerRuntime expected)
    {
        Assert.AreEqual(expected, ContainerDetector.Detect(FakeMachine.WithFile("/proc/self/cgroup", cgroup)));
        Assert.AreEqual(expected, ContainerDetector.Detect(FakeMachine.WithFile("/proc/1/cgroup", cgroup)));
    }

    [TestMethod]
    [DataRow("0::/init.scope")]
    [DataRow("0::/")]
    [DataRow("0::/user.slice/user-1000.slice/user@1000.service/app.slice/docker-desktop.scope")]
    [DataRow("0::/system.slice/docker.service")]
    [DataRow("0::/system.slice/docker")]
    [DataRow($"0::/user.slice/libpod-conmon-{Id}.scope")]
    [DataRow("0::/lxc.monitor.build-box")]
    [DataRow("0::/user.slice/mydocker/kubepods-fan")]
    [DataRow("docker/no colon at all")]
    [DataRow("one colon:/docker/x")]
    [DataRow("::::")]
    [DataRow("")]
    public void Detect_CgroupOfAHost_ReturnsNone(string cgroup) =>
        Assert.AreEqual(ContainerRuntime.None, ContainerDetector.Detect(FakeMachine.WithFile("/proc/self/cgroup", cgroup)));

    [TestMethod]
    [DataRow(
        $"""
        473 387 0:143 / / rw,relatime master:181 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/OHY5:/var/lib/docker/overlay2/l/YUCO
        474 473 0:146 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
        """,
        ContainerRuntime.Docker,
        DisplayName = "Docker, by its storage")]
    [DataRow(
        $"505 496 254:1 /docker/containers/{Id}/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw",
        ContainerRuntime.Docker,
        DisplayName = "Docker Desktop")]
    [DataRow(
        $"""
        473 387 0:143 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/5/fs
        505 496 254:1 /var/lib/docker/containers/{Id}/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/vda1 rw
        """,
        ContainerRuntime.Docker,
        DisplayName = "Docker on containerd's storage")]
    [DataRow(
        """
        900 800 0:60 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/containers/storage/overlay/l/AB,upperdir=/var/lib/containers/storage/x
        905 900 8:1 /var/lib/kubelet/pods/6c85216c/etc-hosts /etc/hosts rw,relatime - ext4 /dev/sda1 rw
        """,
        ContainerRuntime.Kubernetes,
        DisplayName = "A pod on CRI-O, whose root lies in Podman's storage")]
    [DataRow(
        """
        905 900 8:1 /var/lib/kubelet/pods/6c85216c/etc-hosts /etc/hosts rw,relatime - ext4 /dev/sda1 rw
        900 800 0:60 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/containers/storage/overlay/l/AB,upperdir=/var/lib/containers/storage/x
        """,
        ContainerRuntime.Kubernetes,
        DisplayName = "A pod on CRI-O, its mounts in another order")]
    [DataRow(
        $"905 900 8:1 /io.containerd.grpc.v1.cri/sandboxes/{Id}/hostname /etc/hostname rw,relatime - ext4 /dev/sda1 rw",
        ContainerRuntime.Kubernetes,
        DisplayName = "A pod on containerd")]
    [DataRow(
        $"905 900 0:30 /containers/overlay-containers/{Id}/userdata/hosts /etc/hosts rw,nosuid - tmpfs tmpfs rw",
        ContainerRuntime.Podman,
        DisplayName = "Podman without root")]
    [DataRow(
        "473 387 0:143 / / rw,relatime - overlay overlay rw,lowerdir=/home/u/.local/share/containers/storage/overlay/l/AB",
        ContainerRuntime.Podman,
        DisplayName = "Podman, by its storage")]
    [DataRow(
        "473 387 0:143 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/5/fs",
        ContainerRuntime.Other,
        DisplayName = "containerd alone")]
    [DataRow(
        "473 387 8:1 /var/lib/buildkit/executor/hosts /etc/hosts rw,relatime - ext4 /dev/sda1 rw",
        ContainerRuntime.Other,
        DisplayName = "BuildKit alone")]
    [DataRow(
        $"505 496 254:1 /data/containers/{Id}/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw",
        ContainerRuntime.Other,
        DisplayName = "A runtime with a folder of its own")]
    public void Detect_MountsOfAContainerUnderCgroup2_ReturnsItsRuntime(string mountInfo, ContainerRuntime expected)
    {
        FakeMachine machine = new() { Files = { ["/proc/self/cgroup"] = "0::/", ["/proc/self/mountinfo"] = mountInfo } };

        Assert.AreEqual(expected, ContainerDetector.Detect(machine));
    }

    [TestMethod]
    [DataRow(
        """
        27 1 254:0 / / rw,discard - ext4 /dev/vda rw
        754 27 0:81 / /var/lib/docker/overlay2/8128/merged rw - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/OHY5
        755 27 0:82 / /var/lib/kubelet/pods/6c85216c/volumes/x rw - tmpfs tmpfs rw
        """,
        DisplayName = "A host with containers")]
    [DataRow("27 1 254:0 /docker/ /etc/hostnames rw - ext4 /dev/vda rw", DisplayName = "A mount point with a like name")]
    [DataRow("27 1 254:0", DisplayName = "A line cut short")]
    [DataRow("", DisplayName = "Nothing")]
    public void Detect_MountsOfAHost_ReturnsNone(string mountInfo) =>
        Assert.AreEqual(ContainerRuntime.None, ContainerDetector.Detect(FakeMachine.WithFile("/proc/self/mountinfo", mountInfo)));

    [TestMethod]
    public void Detect_WindowsRegistryMark_ReturnsWindows()
    {
        FakeMachine machine = new() { OSFamily = OSFamily.Windows, IsWindowsContainer = true };

        Assert.AreEqual(ContainerRuntime.Windows, ContainerDetector.Detect(machine));
    }

    [TestMethod]
    [DataRow("USERNAME=ContainerAdministrator", ContainerRuntime.Windows)]
    [DataRow("USERNAME=containeruser", ContainerRuntime.Windows)]
    [DataRow("USERNAME=jane", ContainerRuntime.None)]
    [DataRow("KUBERNETES_SERVICE_HOST=10.96.0.1;USERNAME=ContainerUser", ContainerRuntime.Kubernetes)]
    [DataRow("DOTNET_RUNNING_IN_CONTAINER=true", ContainerRuntime.Other)]
    public void Detect_WindowsVariable_ReturnsItsRuntime(string variables, ContainerRuntime expected) =>
        Assert.AreEqual(expected, ContainerDetector.Detect(FakeMachine.WithVariables(variables, OSFamily.Windows)));

    [TestMethod]
    [DataRow(OSFamily.Windows)]
    [DataRow(OSFamily.MacOS)]
    [DataRow(OSFamily.FreeBSD)]
    public void Detect_NotLinux_LooksAtNoFileOfLinux(OSFamily family)
    {
        FakeMachine machine = new() { OSFamily = family, Files = { ["/.dockerenv"] = "", ["/proc/self/cgroup"] = "1:x:/docker/1" } };

        Assert.AreEqual(ContainerRuntime.None, ContainerDetector.Detect(machine));
        Assert.IsEmpty(machine.FilesRead);
    }
}
