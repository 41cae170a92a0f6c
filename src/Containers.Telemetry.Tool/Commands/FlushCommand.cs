using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Flush;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class FlushCommand : StoreCommand
{
    private readonly TimeoutOption _timeout;

    public FlushCommand(ToolContext context, Option<string?> store)
        : base(context, store, "flush", "Sends the waiting events now, instead of with the next publish.")
    {
        _timeout = With(new TimeoutOption());
    }

    public override IReadOnlyList<string> Examples => ["flush", "flush --timeout 300"];

    public override string MeaningOfNo => "some events still wait, were rejected, or were damaged";

    protected override int Run(ParseResult arguments)
    {
        OtlpSettings? settings = EndpointSettings.Read(Context);
        int found = 0;
        bool isDone = true;
        var flush = new OutboxFlush(Context, DataOf(arguments), _timeout.In(arguments));
        IReadOnlyList<OtlpDestination> destinations = flush.Find(settings);
        foreach (FlushedOutbox flushed in flush.Send(destinations))
        {
            found++;
            isDone &= flushed.IsDone;
            FlushText.Write(Context.Terminal, flushed);
        }

        foreach ((OtlpDestination destination, OutboxStatus status) in flush.RetryMetrics(destinations))
        {
            FlushText.WriteMetrics(Context.Terminal, destination, status);
        }

        if (found == 0)
        {
            Context.Terminal.WriteLine("Nothing waits to be sent.");
        }

        return isDone ? ExitCodes.Done : ExitCodes.No;
    }
}
