using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>
/// All repositories of a registry server. A repository exists either on every host of the server or on one host, which then sees only that one.
/// </summary>
internal sealed class RepositoryStore
{
    private readonly ConcurrentDictionary<(string? Host, string Name), ImageRepository> _repositories = new();

    public bool TryGet(string host, string name, [NotNullWhen(true)] out ImageRepository? repository) =>
        _repositories.TryGetValue((Normalize(host), name), out repository) || _repositories.TryGetValue((null, name), out repository);

    /// <summary>The repository that a push to the given host changes.</summary>
    public ImageRepository ForPush(string host, string name) =>
        TryGet(host, name, out ImageRepository? repository) ? repository : ForSeed(null, name);

    /// <param name="host">The only host that sees the repository, or null for all hosts.</param>
    /// <param name="name">The name of the repository.</param>
    public ImageRepository ForSeed(string? host, string name) =>
        _repositories.GetOrAdd((host is null ? null : Normalize(host), name), _ => new ImageRepository());

    public void Clear() => _repositories.Clear();

    private static string Normalize(string host) => host.ToLowerInvariant();
}
