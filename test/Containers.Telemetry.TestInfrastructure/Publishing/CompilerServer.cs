namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The compiler server, which stays in memory between builds and ends ten minutes after the last one.</summary>
public static class CompilerServer
{
    private const string Variable = "UseSharedCompilation";

    /// <summary>The command-line argument that lets a build use the server, unless the environment of the tests forbids it.</summary>
    public static string Argument { get; } = $"-p:{Variable}={Environment.GetEnvironmentVariable(Variable) ?? "true"}";
}
