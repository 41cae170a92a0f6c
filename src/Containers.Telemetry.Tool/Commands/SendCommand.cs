using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Flush;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class SendCommand : StoreCommand
{
    private readonly MomentOption _since;
    private readonly TimeoutOption _timeout;
    private readonly Option<bool> _json;

    public SendCommand(ToolContext context, Option<string?> store)
        : base(
            context,
            store,
            "send",
            "Sends stored events again, to the endpoint that the environment names. " +
            "A receiver recognizes duplicates by log.record.uid and by their span ids.")
    {
        _since = With(new MomentOption("--since", "Events from this moment on", context.Clock) { Required = true });
        _timeout = With(new TimeoutOption());
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => ["send --since 7d", "send --since 2026-11-20 --json"];

    public override string MeaningOfNo => "there is no such event, or some still wait, were rejected, or were damaged";

    protected override int Run(ParseResult arguments)
    {
        OtlpSettings settings = EndpointSettings.Read(Context)
            ?? throw ToolException.Failure(
                "No endpoint is set. Set OTEL_EXPORTER_OTLP_ENDPOINT as your publishes do, even if a project sets ContainersTelemetryEndpoint.");
        UserData data = DataOf(arguments);
        using EventQueue queue = Queue(_since.In(arguments)!.Value, data, settings);
        bool asJson = arguments.GetValue(_json);
        if (!asJson)
        {
            Context.Terminal.WriteLine($"Queued {HumanFormat.Count(queue.LogCount, "log record")} and {HumanFormat.Count(queue.SpanCount, "span")}.");
        }

        List<FlushedOutbox> flushed = [];
        foreach (FlushedOutbox outbox in queue.IsEmpty ? [] : new OutboxFlush(Context, data, _timeout.In(arguments)).Send(DestinationsOf(settings)))
        {
            flushed.Add(outbox);
            if (!asJson)
            {
                FlushText.Write(Context.Terminal, outbox);
            }
        }

        if (asJson)
        {
            JsonText.Write(Context.Terminal, writer => Write(writer, queue, flushed));
        }

        return flushed.Count > 0 && flushed.TrueForAll(static outbox => outbox.IsDone) ? ExitCodes.Done : ExitCodes.No;
    }

    private static IEnumerable<OtlpDestination> DestinationsOf(OtlpSettings settings) => new[] { settings.Logs, settings.Traces }.OfType<OtlpDestination>();

    private EventQueue Queue(DateTimeOffset since, UserData data, OtlpSettings settings)
    {
        var events = new StoredEvents(data.EventsPath);
        var queue = new EventQueue(Context, data, settings);
        queue.Add(events.Read().Where(stored => stored.Time >= since));
        ReadingNotes.Write(Context.Terminal, events);
        return queue;
    }

    private static void Write(Utf8JsonWriter writer, EventQueue queue, List<FlushedOutbox> flushed)
    {
        writer.WriteNumber("logRecords", queue.LogCount);
        writer.WriteNumber("spans", queue.SpanCount);
        writer.WriteObjects("endpoints", flushed, outbox =>
        {
            writer.WriteString("url", outbox.Destination.Url);
            writer.WriteNumber("sent", outbox.Result.Delivered);
            writer.WriteNumber("rejected", outbox.Result.Rejected);
            writer.WriteString("rejectedWith", outbox.Result.RejectedWith?.ToString());
            writer.WriteString("message", outbox.Result.Message);
            writer.WriteNumber("unreadable", outbox.Result.Unreadable);
            writer.WriteNumber("waiting", outbox.Left);
            writer.WriteString("reason", outbox.Reason);
        });
    }
}
