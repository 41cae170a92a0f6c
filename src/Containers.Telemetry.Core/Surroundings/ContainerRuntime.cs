namespace Containers.Telemetry.Surroundings;

/// <summary>What runs the container that the publish runs in.</summary>
public enum ContainerRuntime
{
    /// <summary>Not in a container, as far as can be seen.</summary>
    None,

    /// <summary>In a container, of a runtime that is not in this list or cannot be told.</summary>
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
