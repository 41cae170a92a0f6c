namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The programs by which the .NET SDK reaches a local registry.</summary>
public enum ContainerCli
{
    Docker,
    Podman,
}
