using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Flush;

/// <summary>Sends the records that wait in the outboxes.</summary>
/// <param name="limit">The time that sending to one endpoint may take.</param>
internal sealed class OutboxFlush(ToolContext context, UserData data, TimeSpan limit)
{
    public IReadOnlyList<OtlpDestination> Find(OtlpSettings? settings)
    {
        StoreFolder.Require(data.OutboxPath);
        return Outbox.FindDestinations(data.OutboxPath, settings);
    }

    /// <summary>Sends the records that wait for the endpoints, one endpoint after the other.</summary>
    /// <returns>The result for each endpoint with waiting records.</returns>
    public IEnumerable<FlushedOutbox> Send(IEnumerable<OtlpDestination> destinations)
    {
        using var exporter = new OtlpHttpExporter(VersionText.OfTool, context.Clock);
        foreach (OtlpDestination destination in destinations)
        {
            var outbox = new Outbox(data.OutboxPath, destination, time: context.Clock);
            long waiting = outbox.GetStatus().PendingLines;
            if (waiting > 0)
            {
                yield return new FlushedOutbox(destination, waiting, Drain(outbox, exporter, destination, waiting));
            }
        }
    }

    /// <summary>Ends the pause of failed endpoints of metrics, so that the next publish tries them again.</summary>
    /// <returns>These endpoints, with the number of missing publishes.</returns>
    public IEnumerable<(OtlpDestination Destination, OutboxStatus Status)> RetryMetrics(IEnumerable<OtlpDestination> destinations)
    {
        foreach (OtlpDestination destination in destinations.Where(static destination => destination.Signal is OtlpSignal.Metrics))
        {
            var outbox = new Outbox(data.OutboxPath, destination, time: context.Clock);
            OutboxStatus status = outbox.GetStatus();
            if (status.Failures > 0)
            {
                outbox.Postpone(context.Clock.GetUtcNow());
                yield return (destination, status);
            }
        }
    }

    private DrainResult Drain(Outbox outbox, OtlpHttpExporter exporter, OtlpDestination destination, long waiting) => new ProgressBar(context.Terminal).Show(
        destination.Url,
        progress => outbox.Drain(exporter, limit, CancellationToken.None, isAskedFor: true, progress is null ? null : sent => progress(sent, waiting)));
}
