namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The kinds of application that people put into containers.</summary>
public enum ProjectKind
{
    Console,
    Web,
    Worker,
}
