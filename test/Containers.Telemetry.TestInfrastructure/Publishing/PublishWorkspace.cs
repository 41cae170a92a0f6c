using System.Collections.Concurrent;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The folders of one test run, with its projects, each restored and built once.</summary>
/// <remarks>
/// All projects share one NuGet packages folder that is deleted after the run, so that no package of an earlier run is used. Safe for concurrent
/// tests.
/// </remarks>
public sealed class PublishWorkspace : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<GeneratedProject>>> _built = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<BuildServer> _idleServers = [];
    private int _lastNumber;

    /// <summary>NuGet's global packages folder of all projects of the run.</summary>
    public string Packages => _folder.Combine("packages");

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_idleServers.Select(static server => server.DisposeAsync().AsTask()));
        _folder.Dispose();
    }

    /// <summary>Packs a project into its own feed; see <see cref="PackageFeed.PackAsync"/>.</summary>
    public Task<PackageFeed> PackAsync(
        string projectFile,
        IEnumerable<KeyValuePair<string, string>>? properties = null,
        CancellationToken cancellationToken = default) =>
        PackageFeed.PackAsync(projectFile, NewFolder("feed"), properties, cancellationToken);

    /// <summary>
    /// Returns a new copy of a project of a shape, with a new user. The first project of a shape is restored and built; shapes that differ only in
    /// their content share that build.
    /// </summary>
    public async Task<GeneratedProject> GenerateAsync(ProjectShape shape)
    {
        ProjectShape plain = shape with { Content = "" };
        string key = string.Join('\0', ProjectWriter.Render(plain).Select(file => $"{file.Key}\0{file.Value}"));
        var built = _built.GetOrAdd(
            key,
            _ => new(() => BuildAsync(plain)));
        return (await built.Value).CopyTo(NewFolder("copy"), shape);
    }

    private async Task<GeneratedProject> BuildAsync(ProjectShape shape)
    {
        BuildServer server = _idleServers.TryTake(out BuildServer? idle) ? idle : new BuildServer();
        try
        {
            // Cancelling one test must not fail others that wait for the same shape.
            return await GeneratedProject.CreateAsync(shape, NewFolder("shape"), Packages, server, CancellationToken.None);
        }
        finally
        {
            _idleServers.Add(server);
        }
    }

    private string NewFolder(string name) => _folder.Combine($"{name}{Interlocked.Increment(ref _lastNumber)}");
}
