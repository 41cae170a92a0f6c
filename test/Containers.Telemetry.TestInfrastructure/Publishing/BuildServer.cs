using System.Diagnostics;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>An MSBuild server with its worker nodes. They live from the first publish until this object is disposed.</summary>
public sealed class BuildServer : IAsyncDisposable
{
    // Processes of MSBuild find each other by a name with this salt, so nobody else uses the server.
    private readonly string _salt = Guid.NewGuid().ToString("N");

    /// <summary>Makes the publishes of an environment use the server.</summary>
    public DotnetEnvironment Environment(DotnetEnvironment user) => user
        .With("DOTNET_CLI_USE_MSBUILD_SERVER", "1")
        .With("MSBUILDUSESERVER", "1")
        .With("MSBUILDDISABLENODEREUSE", null)
        .With("MSBUILDNODEHANDSHAKESALT", _salt);

    /// <summary>Whether any process of the server is alive.</summary>
    public bool IsAlive => Processes().Count > 0;

    /// <summary>Shuts the server down as its user does. Reusable nodes of other builds stay; they would end by themselves after 15 minutes.</summary>
    public async ValueTask DisposeAsync()
    {
        using var folder = new TemporaryFolder();
        DotnetEnvironment user = DotnetEnvironment.ForUser(folder.Path, folder.Path).WithoutUnneededWork();
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
                // The process has ended, or belongs to another user.
            }
        }

        return processes;
    }
}
