using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Http;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Flush;

/// <summary>Describes the result of sending.</summary>
internal static class FlushText
{
    public static void Write(Terminal terminal, FlushedOutbox flushed)
    {
        (OtlpDestination destination, _, DrainResult result) = flushed;
        if (result.Delivered > 0)
        {
            terminal.WriteLine($"Sent {HumanFormat.Count(result.Delivered, "record")} to {destination.Url}.");
        }

        if (result.RejectedWith is { } status)
        {
            terminal.WriteNote(
                $"note: {destination.Url} rejected {HumanFormat.Count(result.Rejected, "record")} permanently with {status}. " +
                "They were removed from the outbox, and are still in the store.");
        }

        if (result.Message is { } message)
        {
            terminal.WriteNote($"note: {destination.Url} says: {message}");
        }

        if (result.Unreadable > 0)
        {
            string verbs = result.Unreadable == 1 ? "was damaged, could not be sent, and is" : "were damaged, could not be sent, and are";
            terminal.WriteNote($"note: {HumanFormat.Count(result.Unreadable, "record")} for {destination.Url} {verbs} gone from the outbox.");
        }

        if (flushed.Reason is { } reason)
        {
            terminal.WriteNote($"note: {HumanFormat.Count(flushed.Left, "record still waits", "records still wait")} for {destination.Url}: {reason}");
        }
    }

    /// <summary>Prints how many publishes are missing from the metrics of an endpoint.</summary>
    public static void WriteMetrics(Terminal terminal, OtlpDestination destination, OutboxStatus status)
    {
        string answer = status.LastAnswer is { Outcome: not ExportOutcome.Delivered } last ? $"answered {last.Status}" : "gave no answer";
        terminal.WriteNote(
            $"note: {HumanFormat.Count(status.Dropped, "publish is", "publishes are")} missing from the metrics of {destination.Url}, " +
            $"which {answer}. Metrics do not wait; the next publish tries again.");
    }
}
