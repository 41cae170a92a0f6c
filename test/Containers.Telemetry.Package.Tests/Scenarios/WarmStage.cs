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
    private static readonly ConcurrentBag<WarmStage> Idle = [];

    private readonly BuildServer _server = new();

    private WarmStage(ScenarioStage stage) => Stage = stage;

    public ScenarioStage Stage { get; }

    /// <summary>Publishes on a reset stage with exclusive use of it. The next caller gets the same stage, unless this one throws.</summary>
    public static async Task<T> UseAsync<T>(Func<WarmStage, Task<T>> publish)
    {
        WarmStage warm = await TakeAsync();
        try
        {
            T result = await publish(warm);
            Idle.Add(warm);
            return result;
        }
        catch
        {
            await warm.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all servers.</summary>
    public static async Task EndAsync()
    {
        while (Idle.TryTake(out WarmStage? warm))
        {
            await warm.DisposeAsync();
        }
    }

    /// <summary>Makes an environment fit for a publish in the server.</summary>
    /// <exception cref="InvalidOperationException">The publish needs a fresh process.</exception>
    public DotnetEnvironment Environment(DotnetEnvironment user) => Stage.Variables.Keys.FirstOrDefault(Scenario.IsReadOnce) is { } variable
        ? throw new InvalidOperationException($"A server has read {variable} already: the scenario needs a fresh process.")
        : _server.Environment(user);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await Stage.DisposeAsync();
    }

    private static async Task<WarmStage> TakeAsync()
    {
        if (!Idle.TryTake(out WarmStage? warm))
        {
            return new WarmStage(await ScenarioStage.SetAsync(PackageUnderTest.Authority));
        }

        warm.Stage.Clear();
        return warm;
    }
}
