namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A program that reacts to Ctrl+C. A test run in the background ignores Ctrl+C, and its children inherit that.</summary>
public static class Interruptible
{
    /// <summary>Returns the command to start instead of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static (string Program, string[] Arguments) Of(string program, IEnumerable<string> arguments) =>
        OperatingSystem.IsLinux() ? ("env", ["--default-signal=INT", program, .. arguments]) : (program, [.. arguments]);
}
