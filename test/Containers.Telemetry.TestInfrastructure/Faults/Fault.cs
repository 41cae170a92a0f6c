namespace Containers.Telemetry.TestInfrastructure;

/// <summary>A failure of transfers from or to a repository.</summary>
/// <param name="direction">Whether pulls or pushes fail.</param>
/// <param name="effect">The response of the registry.</param>
public sealed class Fault(FaultDirection direction, FaultEffect effect)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _hits;

    public FaultDirection Direction { get; } = direction;

    public FaultEffect Effect { get; } = effect;

    /// <summary>The requests that fail.</summary>
    public TransferSteps Steps { get; init; } = TransferSteps.All;

    /// <summary>The only host with the fault (with its port, unless it is the scheme's default), or null for all.</summary>
    public string? Host { get; init; }

    /// <summary>The only tag or digest with the fault, or null for all. Requests of an upload have none.</summary>
    public string? Reference { get; init; }

    /// <summary>The number of requests that fail before the registry works again.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Completes when the first request fails; for a hang, when that request hangs.</summary>
    public Task Reached => _reached.Task;

    internal bool Matches(FaultContext exchange) =>
        (Steps & exchange.Step) != 0
        && (exchange.Step == TransferSteps.Token || exchange.IsPull == (Direction == FaultDirection.Pull))
        && (Host is null || Host.Equals(exchange.Http.Request.Host.Value, StringComparison.OrdinalIgnoreCase))
        && (Reference is null || Reference == exchange.Route.Reference)
        && Effect.AppliesTo(exchange);

    internal bool TryTake()
    {
        if (Interlocked.Increment(ref _hits) > Times)
        {
            return false;
        }

        _reached.TrySetResult();
        return true;
    }
}
