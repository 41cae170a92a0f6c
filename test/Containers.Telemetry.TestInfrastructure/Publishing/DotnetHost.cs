using System.Diagnostics;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The <c>dotnet</c> program that runs the tests and the builds under test.</summary>
public static class DotnetHost
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Full path of the program.</summary>
    /// <exception cref="FileNotFoundException">Neither the CLI, this process nor PATH point to an SDK.</exception>
    public static string Path { get; } = Candidates().FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"No {FileName} in DOTNET_HOST_PATH, this process or PATH.");

    /// <summary>Starts an assembly in the environment of the tests, with redirected standard streams.</summary>
    /// <param name="assembly">Full path of the assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Additional environment variables.</param>
    public static Process Start(string assembly, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string>> variables)
    {
        var start = new ProcessStartInfo(Path, ["exec", assembly, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
        {
            yield return host;
        }

        if (Environment.ProcessPath is { } process && System.IO.Path.GetFileName(process).Equals(FileName, StringComparison.Ordinal))
        {
            yield return process;
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        foreach (string folder in folders.Where(folder => folder.Length > 0))
        {
            yield return System.IO.Path.Combine(folder, FileName);
        }
    }
}
