using System.Diagnostics;
using System.Runtime.InteropServices;
using Containers.Telemetry.PublishOverhead;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.ToolStartup;

/// <summary>A dotnet tool as a user has it: packed, installed, and started by its name.</summary>
internal sealed class InstalledTool
{
    private readonly string _program;
    private readonly DotnetEnvironment _environment;
    private readonly string _output;

    private InstalledTool(string program, DotnetEnvironment environment, string output)
    {
        _program = program;
        _environment = environment;
        _output = output;
    }

    /// <summary>Packs a project of this repository and installs it.</summary>
    public static async Task<InstalledTool> InstallAsync(string project, string command, TemporaryFolder folder)
    {
        DotnetEnvironment environment = DotnetEnvironment.ForUser(folder.Combine("home"), folder.Combine("packages"));
        string name = Path.GetFileName(project);
        string feed = folder.Combine("feed");
        string tools = folder.Combine("tools");

        // Packs with the developer's own packages folder, which has the packages that the build needs.
        using Process pack = Process.Start(DotnetHost.Path, ["pack", Path.Combine(Repository.Root, project), "-c", "Release", "-o", feed, "-p:IsPackable=true", "-v", "quiet", "-nologo"]);
        await pack.WaitForExitAsync();
        await new DotnetCommand("tool", "install", name, "--tool-path", tools, "--source", feed, "--prerelease")
        {
            Environment = environment,
            WorkingDirectory = folder.Path,
        }.RunAsync();
        return new InstalledTool(Path.Combine(tools, command), environment, folder.Combine("output"));
    }

    /// <summary>The same tool, run by another user.</summary>
    /// <param name="home">The user's home folder, which is created.</param>
    public InstalledTool OfUser(string home) => new(_program, DotnetEnvironment.ForUser(home, _environment.Variables["NUGET_PACKAGES"]), _output);

    /// <summary>Runs the tool once.</summary>
    /// <returns>The elapsed time and the CPU time, in milliseconds.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public (double Wall, double Cpu) Run(params string[] arguments)
    {
        Dictionary<string, string> environment = new(_environment.Variables, StringComparer.Ordinal)
        {
            // Without this, status says "off", with exit code 1.
            ["CONTAINERS_TELEMETRY_OPTOUT"] = "0",
            ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")),
        };
        Cost cost = ChildProcess.Run(_program, arguments, environment, _output);
        return (cost.Wall.TotalMilliseconds, cost.Cpu.TotalMilliseconds);
    }
}
