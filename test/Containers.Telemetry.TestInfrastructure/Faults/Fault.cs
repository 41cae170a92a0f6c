namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Something that goes wrong in a transfer from or to a repository.</summary>
/// <param name="direction">Whether pulls or pushes are hit.</param>
/// <param name="effect">What happens.</param>
public sealed class Fault(FaultDirection direction, FaultEffect effect)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _hits;

    public FaultDirection Direction { get; } = direction;

    public FaultEffect Effect { get; } = effect;

    /// <summary>The requests that are hit.</summary>
    public TransferSteps Steps { get; init; } = TransferSteps.All;

    /// <summary>The one host (with its port, if it is not the scheme's own) at which the fault shows, or null for all.</summary>
    public string? Host { get; init; }

    /// <summary>The one tag or digest that is hit, or null for all. The requests of an upload have none.</summary>
    public string? Reference { get; init; }

    /// <summary>How many requests are hit before all is well again.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Completes when the first request is hit; with a hang, once it hangs.</summary>
    public Task Reached => _reached.Task;

    internal bool Matches(FaultContext exchange) =>
        (Steps & exchange.Step) != 0
        && (exchange.Step == TransferSteps.Token || exchange.IsPull == (Direction == FaultDirection.Pull))
        && (Host is null || Host.Equals(exchange.Http.Request.Host.Value, StringComparison.OrdinalIgnoreCase))
        && (Reference is null || Reference == exchange.Route.Reference)
        && Effect.AppliesTo(exchange);

    /// <summary>Takes one of the <see cref="Times"/>.</summary>
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
