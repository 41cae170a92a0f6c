using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Status;

/// <summary>Writes the status for scripts.</summary>
internal sealed class StatusJson(Terminal terminal)
{
    public void Write(TelemetryStatus status) => JsonText.Write(terminal, writer => Write(writer, status));

    private static void Write(Utf8JsonWriter writer, TelemetryStatus status)
    {
        writer.WriteString("telemetry", status.Rule.IsOn ? "on" : "off");
        writer.WriteString("rule", status.Rule.Name);
        writer.WriteString("choice", StoredConsent.TextOf(status.Choice));

        writer.WriteStartObject("store");
        writer.WriteString("path", status.StorePath);
        writer.WriteNumber("events", status.Store?.Lines ?? 0);
        writer.WriteNumber("bytes", status.Store?.Bytes ?? 0);
        writer.WriteMoment("lastEvent", status.Store?.LastTime);
        writer.WriteString("fault", status.StoreFault);
        writer.WriteString("remedy", status.StoreRemedy);
        writer.WriteEndObject();

        writer.WriteStartObject("endpoints");
        writer.WriteString("logs", status.Endpoints?.Logs?.Url);
        writer.WriteString("traces", status.Endpoints?.Traces?.Url);
        writer.WriteString("metrics", status.Endpoints?.Metrics?.Url);
        writer.WriteEndObject();

        writer.WriteStartObject("protocols");
        writer.WriteString("logs", status.Endpoints?.Logs?.ProtocolName);
        writer.WriteString("traces", status.Endpoints?.Traces?.ProtocolName);
        writer.WriteString("metrics", status.Endpoints?.Metrics?.ProtocolName);
        writer.WriteEndObject();

        WriteOutboxes(writer, status.Outboxes);

        writer.WriteStartObject("identity");
        writer.WriteString("anonymousId", status.AnonymousId?.Id);
        writer.WriteString("replacedOn", status.AnonymousId is { } identity ? HumanFormat.Day(identity.ReplacedOn) : null);
        writer.WriteEndObject();

        writer.WriteObjects("sdks", status.Sdks, sdk =>
        {
            writer.WriteString("version", sdk.Version);
            writer.WriteString("observation", sdk switch
            {
                { HasContainers: false } => "none",
                { Obstacle: null } => "observed",
                _ => "bracketed",
            });
            writer.WriteString("obstacle", sdk.Obstacle);
        });

        writer.WriteObjects("problems", status.Problems, problem =>
        {
            writer.WriteString("code", problem.Code);
            writer.WriteString("text", problem.Text);
        });
    }

    private static void WriteOutboxes(Utf8JsonWriter writer, IReadOnlyList<DestinationStatus> outboxes) => writer.WriteObjects("outbox", outboxes, status =>
    {
        (OtlpDestination? destination, OutboxStatus? outbox, string? fault) = status;
        writer.WriteString("url", destination?.Url);
        writer.WriteString("signal", destination is null ? null : OtlpDestination.NameOf(destination.Signal));
        writer.WriteNumber("pending", outbox?.PendingLines ?? 0);
        writer.WriteNumber("bytes", outbox?.PendingBytes ?? 0);
        writer.WriteNumber("failures", outbox?.Failures ?? 0);
        writer.WriteNumber("rejected", outbox?.Rejected ?? 0);
        writer.WriteNumber("dropped", outbox?.Dropped ?? 0);
        writer.WriteNumber("unreadable", outbox?.Unreadable ?? 0);
        writer.WriteBoolean("held", destination?.IsHeld is true);
        writer.WriteMoment("nextAttempt", outbox?.NextAttempt);
        WriteAnswer(writer, "lastAnswer", outbox?.LastAnswer);
        WriteAnswer(writer, "lastRejection", outbox?.LastRejection);
        writer.WriteString("fault", fault);
    });

    private static void WriteAnswer(Utf8JsonWriter writer, string name, EndpointAnswer? answer)
    {
        if (answer is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteMoment("time", answer.Time);
        writer.WriteString("status", answer.Status.ToString());
        writer.WriteString("outcome", answer.Outcome.ToString().ToLowerInvariant());
        writer.WriteEndObject();
    }
}
