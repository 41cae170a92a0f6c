namespace Containers.Telemetry.TestInfrastructure;

/// <summary>Never answers.</summary>
internal sealed class HangEffect : FaultEffect
{
    internal override async Task ApplyAsync(FaultContext exchange)
    {
        CancellationToken clientGone = exchange.Http.RequestAborted;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(clientGone, exchange.Stopping);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        exchange.Abort();
    }
}
