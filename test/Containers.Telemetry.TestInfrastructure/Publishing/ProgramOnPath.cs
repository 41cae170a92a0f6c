namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>Finds programs as a shell does.</summary>
public static class ProgramOnPath
{
    private static readonly string[] Extensions = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    /// <summary>Returns the full path of a program; null if it is not installed.</summary>
    /// <param name="name">Its name without an extension.</param>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Extensions.Select(extension => Path.Combine(folder, name + extension)))
        .FirstOrDefault(File.Exists);
}
