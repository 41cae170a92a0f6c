using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Flush;

/// <summary>Sends all that waits.</summary>
internal sealed class OutboxFlush(ToolContext context, UserData data, TimeSpan limit)
{
    private int _failed;

    /// <summary>Sends what waits for each endpoint, and says what came of it.</summary>
    /// <returns><see cref="ExitCodes.No"/> where something still waits, or was rejected.</returns>
    public int Run()
    {
        var problems = new List<SettingProblem>();
        OtlpSettings? settings = OtlpSettings.Resolve(endpoint: null, allowInsecureEndpoint: null, context.Machine.GetVariable, problems);
        foreach (SettingProblem problem in problems)
        {
            context.Terminal.WriteNote($"note: {problem.Code}: {problem.Text}");
        }

        StoreFolder.Require(data.OutboxPath);
        int found = 0;
        using var exporter = new OtlpHttpExporter(typeof(OutboxFlush).Assembly.GetName().Version!.ToString(fieldCount: 3), context.Clock);
        foreach (OtlpDestination destination in Outbox.FindDestinations(data.OutboxPath, settings))
        {
            found += Send(exporter, destination) ? 1 : 0;
        }

        if (found == 0)
        {
            context.Terminal.WriteLine("Nothing waits to be sent.");
        }

        return _failed == 0 ? ExitCodes.Done : ExitCodes.No;
    }

    private bool Send(OtlpHttpExporter exporter, OtlpDestination destination)
    {
        var outbox = new Outbox(data.OutboxPath, destination, time: context.Clock);
        long waiting = outbox.GetStatus().PendingLines;
        if (waiting == 0)
        {
            return false;
        }

        DrainResult result = new ProgressBar(context.Terminal).Show(
            destination.Url,
            progress => outbox.Drain(exporter, limit, CancellationToken.None, isAskedFor: true, progress is null ? null : sent => progress(sent, waiting)));
        Report(destination, result, waiting);
        return true;
    }

    private void Report(OtlpDestination destination, DrainResult result, long waiting)
    {
        Terminal terminal = context.Terminal;
        if (result.Delivered > 0)
        {
            terminal.WriteLine($"Sent {HumanFormat.Count(result.Delivered, "record")} to {destination.Url}.");
        }

        if (result.RejectedWith is { } status)
        {
            _failed++;
            terminal.WriteNote($"note: {destination.Url} rejected {HumanFormat.Count(result.Rejected, "record")} for good with {status}. They are gone from the outbox, and still in the store.");
        }

        if (Reason(result) is { } reason)
        {
            _failed++;
            long left = Math.Max(0, waiting - result.Delivered - result.Rejected);
            terminal.WriteNote($"note: {HumanFormat.Count(left, "record still waits", "records still wait")} for {destination.Url}: {reason}");
        }
    }

    private static string? Reason(DrainResult result) => result.End switch
    {
        DrainEnd.Empty => null,
        DrainEnd.Busy => "a publish is sending from there. Run the command again.",
        DrainEnd.Held => "a setting that the endpoint may ask for, a header, a certificate or the rest of its URL, is not at hand. Set OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS and the certificates as your publishes do.",
        DrainEnd.OutOfTime => "the time is over. Use a larger --timeout.",
        DrainEnd.Refused => $"it answered {result.Status}. {EndpointAdvice.For(result.Status)}",
        _ when result.StatusCode == 0 => "it could not be reached. Check the address and the network, and run the command again.",
        _ => $"it answered {result.Status}. Run the command again later.",
    };
}
