namespace Containers.Telemetry.Surroundings;

/// <summary>The family of an operating system.</summary>
public enum OSFamily
{
    Other,
    FreeBSD,
    Linux,
    MacOS,
    Windows,
}
