using System.Diagnostics;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.ToolStartup;

/// <summary>A dotnet tool as a user has it: packed, installed, started by its own name.</summary>
internal sealed class InstalledTool
{
    private readonly string _program;
    private readonly string[] _arguments;
    private readonly string _home;

    private InstalledTool(string program, string[] arguments, string home)
    {
        _program = program;
        _arguments = arguments;
        _home = home;
    }

    /// <summary>Packs a project of this repository and installs it.</summary>
    public static async Task<InstalledTool> InstallAsync(string project, string command, string[] arguments, TemporaryFolder folder)
    {
        DotnetEnvironment environment = DotnetEnvironment.ForUser(folder.Combine("home"), folder.Combine("packages"));
        string name = Path.GetFileName(project);
        string feed = folder.Combine("feed");
        string tools = folder.Combine("tools");

        // Packed by the developer's own packages folder, which has what the build needs.
        using Process pack = Process.Start(DotnetHost.Path, ["pack", Path.Combine(Repository.Root, project), "-c", "Release", "-o", feed, "-v", "quiet", "-nologo"]);
        await pack.WaitForExitAsync();
        await new DotnetCommand("tool", "install", name, "--tool-path", tools, "--source", feed, "--prerelease")
        {
            Environment = environment,
            WorkingDirectory = folder.Path,
        }.RunAsync();
        return new InstalledTool(Path.Combine(tools, command), arguments, folder.Combine("home"));
    }

    /// <summary>Runs the tool once.</summary>
    /// <returns>The time on the clock and the time of processors, in milliseconds.</returns>
    public (double Wall, double Cpu) Run()
    {
        var start = new ProcessStartInfo(_program, _arguments) { RedirectStandardOutput = true };
        start.Environment["HOME"] = _home;
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(DotnetHost.Path);
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, process.TotalProcessorTime.TotalMilliseconds);
    }
}
