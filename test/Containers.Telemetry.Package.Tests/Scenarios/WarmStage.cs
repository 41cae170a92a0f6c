using System.Collections.Concurrent;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>
/// A stage with an MSBuild server that has already published on it, for tests that do not look at the process. MSBuild, the SDK and their compiled
/// code are loaded, which saves three quarters of a publish.
/// </summary>
/// <remarks>The server keeps one proxy for its lifetime: a process reads the proxy variables once.</remarks>
internal sealed class WarmStage : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<WarmStage>> Idle = new(StringComparer.Ordinal);

    private readonly BuildServer _server = new();
    private readonly bool _isShared;

    private WarmStage(ScenarioStage stage, bool isShared)
    {
        Stage = stage;
        _isShared = isShared;
    }

    public ScenarioStage Stage { get; }

    /// <summary>Publishes on a reset stage with exclusive use of it. The next caller gets the same stage, unless this one throws.</summary>
    /// <param name="servers">Those that may share the stage; see <see cref="Scenario.Servers"/>.</param>
    /// <param name="publish">The publish.</param>
    public static async Task<T> UseAsync<T>(string servers, Func<WarmStage, Task<T>> publish)
    {
        ConcurrentBag<WarmStage> idle = Idle.GetOrAdd(servers, static _ => []);
        if (idle.TryTake(out WarmStage? warm))
        {
            warm.Stage.Clear();
        }
        else
        {
            warm = new WarmStage(await ScenarioStage.SetAsync(PackageUnderTest.Authority), isShared: servers.Length == 0);
        }

        try
        {
            T result = await publish(warm);
            idle.Add(warm);
            return result;
        }
        catch
        {
            await warm.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all servers.</summary>
    public static Task EndAsync() => Task.WhenAll(Idle.Keys.Select(EndAsync));

    /// <summary>Ends the servers of one name.</summary>
    public static async Task EndAsync(string servers)
    {
        if (Idle.TryRemove(servers, out ConcurrentBag<WarmStage>? idle))
        {
            await Task.WhenAll(idle.Select(static warm => warm.DisposeAsync().AsTask()));
        }
    }

    /// <summary>Lets a request publish in the server.</summary>
    public PublishRequest Of(PublishRequest request) => request with { Environment = user => Environment(request.Environment(user)) };

    /// <summary>Makes an environment fit for a publish in the server.</summary>
    /// <exception cref="InvalidOperationException">The publish needs a fresh process, or servers of its own.</exception>
    public DotnetEnvironment Environment(DotnetEnvironment user) => _isShared && Stage.Variables.Keys.FirstOrDefault(Scenario.IsReadOnce) is { } variable
        ? throw new InvalidOperationException($"A server has read {variable} already: the scenario needs servers of its own.")
        : _server.Environment(user);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Stage.DisposeAsync();
    }
}
