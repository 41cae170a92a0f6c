using System.Collections.Concurrent;

namespace Containers.Telemetry.TestInfrastructure;

/// <summary>The faults of a registry, by repository.</summary>
public sealed class FaultTable
{
    private readonly ConcurrentDictionary<string, Fault[]> _faults = new(StringComparer.Ordinal);

    /// <summary>Replaces the faults of a repository; none makes it work again.</summary>
    /// <param name="repository">The name of the repository.</param>
    /// <param name="faults">The faults. The first one that matches a request applies.</param>
    public void Set(string repository, params Fault[] faults) => _faults[repository] = faults;

    /// <summary>Removes all faults.</summary>
    public void Clear() => _faults.Clear();

    internal Task ApplyAsync(FaultContext exchange)
    {
        Fault? fault = _faults.GetValueOrDefault(exchange.Route.Repository, [])
            .FirstOrDefault(candidate => candidate.Matches(exchange) && candidate.TryTake());

        return fault is null ? exchange.ProceedAsync() : fault.Effect.ApplyAsync(exchange);
    }
}
