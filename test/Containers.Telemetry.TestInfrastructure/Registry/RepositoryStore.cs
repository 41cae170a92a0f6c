using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// All repositories of a registry server. A repository belongs either to every host the server is reached by, or to
/// one host, which then sees that one only.
/// </summary>
internal sealed class RepositoryStore
{
    private readonly ConcurrentDictionary<(string? Host, string Name), ImageRepository> _repositories = new();

    public bool TryGet(string host, string name, [NotNullWhen(true)] out ImageRepository? repository) =>
        _repositories.TryGetValue((Normalize(host), name), out repository) || _repositories.TryGetValue((null, name), out repository);

    /// <summary>The repository that a push by way of the given host goes to.</summary>
    public ImageRepository ForPush(string host, string name) =>
        TryGet(host, name, out ImageRepository? repository) ? repository : ForSeed(null, name);

    /// <param name="host">The one host that sees the repository, or null for all hosts.</param>
    /// <param name="name">The name of the repository.</param>
    public ImageRepository ForSeed(string? host, string name) =>
        _repositories.GetOrAdd((host is null ? null : Normalize(host), name), _ => new ImageRepository());

    public void Clear() => _repositories.Clear();

    private static string Normalize(string host) => host.ToLowerInvariant();
}
