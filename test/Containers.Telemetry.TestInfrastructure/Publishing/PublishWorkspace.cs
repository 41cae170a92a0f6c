using System.Collections.Concurrent;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The folders of one test run, and the projects in them, each restored and built but once.</summary>
/// <remarks>
/// All projects share one NuGet packages folder that dies with the run, so that no package of an earlier run is ever used.
/// Safe for use by many tests at once.
/// </remarks>
public sealed class PublishWorkspace : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<GeneratedProject>>> _built = new(StringComparer.Ordinal);
    private int _lastNumber;

    /// <summary>NuGet's global packages folder of all projects of the run.</summary>
    public string Packages => _folder.Combine("packages");

    public void Dispose() => _folder.Dispose();

    /// <summary>Packs a project into a feed of its own; see <see cref="PackageFeed.PackAsync"/>.</summary>
    public Task<PackageFeed> PackAsync(
        string projectFile,
        IEnumerable<KeyValuePair<string, string>>? properties = null,
        CancellationToken cancellationToken = default) =>
        PackageFeed.PackAsync(projectFile, NewFolder("feed"), properties, cancellationToken);

    /// <summary>
    /// Gives a fresh copy of a project of a shape, with a fresh user. The first of a shape is restored and built; shapes that differ in their content
    /// alone share that build.
    /// </summary>
    public async Task<GeneratedProject> GenerateAsync(ProjectShape shape)
    {
        ProjectShape plain = shape with { Content = "" };
        string key = string.Join('\0', ProjectWriter.Render(plain).Select(file => $"{file.Key}\0{file.Value}"));
        var built = _built.GetOrAdd(
            key,
            // One test's cancellation must not fail the others that wait for the same shape.
            _ => new(() => GeneratedProject.CreateAsync(plain, NewFolder("shape"), Packages, CancellationToken.None)));
        return (await built.Value).CopyTo(NewFolder("copy"), shape);
    }

    private string NewFolder(string name) => _folder.Combine($"{name}{Interlocked.Increment(ref _lastNumber)}");
}
