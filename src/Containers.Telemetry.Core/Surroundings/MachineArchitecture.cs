namespace Containers.Telemetry.Surroundings;

/// <summary>The architecture of the machine's operating system.</summary>
public enum MachineArchitecture
{
    Other,
    Arm,
    Arm64,
    X64,
    X86,
}
