using System.Diagnostics;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>An MSBuild server, with its worker nodes: they live from the first publish to the end of this object.</summary>
public sealed class BuildServer : IAsyncDisposable
{
    // Part of the name by which processes of MSBuild find each other: with a salt of its own, nobody else uses the server.
    private readonly string _salt = Guid.NewGuid().ToString("N");

    /// <summary>Makes the environment of a publish one that uses the server.</summary>
    public DotnetEnvironment Environment(DotnetEnvironment user) => user
        .With("DOTNET_CLI_USE_MSBUILD_SERVER", "1")
        .With("MSBUILDUSESERVER", "1")
        .With("MSBUILDDISABLENODEREUSE", null)
        .With("MSBUILDNODEHANDSHAKESALT", _salt);

    /// <summary>Whether any of its processes is alive.</summary>
    public bool IsAlive => Processes().Count > 0;

    /// <summary>
    /// Ends the server as its user does. That leaves nodes for reuse that another build has started, which would end by themselves after a quarter of an hour.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        using var folder = new TemporaryFolder();
        DotnetEnvironment user = DotnetEnvironment.ForUser(folder.Path, folder.Path);
        await new DotnetCommand("build-server", "shutdown", "--msbuild") { Environment = Environment(user), WorkingDirectory = folder.Path }.RunAsync();
        foreach (Process process in Processes())
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private List<Process> Processes()
    {
        var processes = new List<Process>();
        foreach (Process process in Process.GetProcesses())
        {
            try
            {
                if (File.ReadAllText($"/proc/{process.Id}/environ").Contains(_salt, StringComparison.Ordinal))
                {
                    processes.Add(process);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or belongs to somebody else.
            }
        }

        return processes;
    }
}
