namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The container programs that the .NET SDK supports.</summary>
public enum ContainerCli
{
    Docker,
    Podman,
}
