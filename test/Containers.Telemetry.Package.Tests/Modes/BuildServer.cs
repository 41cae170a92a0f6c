using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>An MSBuild server of one test, with its worker nodes: they live from the first publish to the end of the test.</summary>
/// <param name="project">The project that is published.</param>
internal sealed class BuildServer(GeneratedProject project) : IAsyncDisposable
{
    // Part of the name by which processes of MSBuild find each other: with a salt of its own, the server is the test's alone.
    private readonly string _salt = Guid.NewGuid().ToString("N");

    /// <summary>Makes the environment of a publish one that uses the server.</summary>
    public DotnetEnvironment Environment(DotnetEnvironment user) => user
        .With("DOTNET_CLI_USE_MSBUILD_SERVER", "1")
        .With("MSBUILDUSESERVER", "1")
        .With("MSBUILDDISABLENODEREUSE", null)
        .With("MSBUILDNODEHANDSHAKESALT", _salt);

    /// <summary>Numbers of the processes that are alive.</summary>
    public IReadOnlyList<string> Processes()
    {
        var processes = new List<string>();
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Contains(_salt, StringComparison.Ordinal))
                {
                    processes.Add(Path.GetFileName(folder));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or belongs to somebody else.
            }
        }

        return processes;
    }

    public async ValueTask DisposeAsync()
    {
        await new DotnetCommand("build-server", "shutdown", "--msbuild") { Environment = Environment(project.Environment), WorkingDirectory = project.Folder }.RunAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Processes().Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }
}
