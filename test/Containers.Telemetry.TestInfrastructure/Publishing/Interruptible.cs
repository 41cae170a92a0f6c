namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A program that Ctrl+C reaches. A test run that was started in the background ignores Ctrl+C, and so would its children.</summary>
public static class Interruptible
{
    /// <summary>Returns what to start in the place of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static (string Program, string[] Arguments) Of(string program, IEnumerable<string> arguments) =>
        OperatingSystem.IsLinux() ? ("env", ["--default-signal=INT", program, .. arguments]) : (program, [.. arguments]);
}
