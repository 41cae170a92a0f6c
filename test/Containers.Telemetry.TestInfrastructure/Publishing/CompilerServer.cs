namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The compiler that stays in memory from one build to the next. It outlives its builds by ten minutes.</summary>
public static class CompilerServer
{
    private const string Variable = "UseSharedCompilation";

    /// <summary>The command-line argument of a build that may use it: all do, unless the environment of the tests forbids it.</summary>
    public static string Argument { get; } = $"-p:{Variable}={Environment.GetEnvironmentVariable(Variable) ?? "true"}";
}
