using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>Writes an event as one line of OTLP/JSON: an <c>ExportLogsServiceRequest</c> of one log record.</summary>
public static class OtlpLogLine
{
    /// <summary>Appends the line, with the line feed that ends it.</summary>
    /// <param name="userAttributes">
    /// Attributes that the user adds to the resource. They replace ours of the same name, and the last of several of one name counts.
    /// They are free text, so they go to the user's endpoint only, never into the store.
    /// </param>
    /// <param name="isSent">
    /// Whether the line is sent. Then it also has values that tools expect although they repeat others: a body, the instance of the service, the task
    /// and its run, and the exporter. A stored line does not.
    /// </param>
    public static void Write(
        Stream output,
        ContainerEvent containerEvent,
        TraceContext trace,
        IReadOnlyList<KeyValuePair<string, string>> userAttributes,
        bool isSent = false)
    {
        DateTimeOffset time = OtlpLine.TimeOf(containerEvent);
        var line = new OtlpLine(output, isSent ? OtlpLineUse.SentLog : OtlpLineUse.StoredLog);

        // The time comes early because log collectors identify a file by its first bytes, and the resource is the same in all files of a machine.
        line.Raw("{\"resourceLogs\":[{\"scopeLogs\":[{\"scope\":"u8);
        line.Scope(containerEvent);
        line.Time(",\"logRecords\":[{\"timeUnixNano\":\""u8, time);
        line.Time("\",\"observedTimeUnixNano\":\""u8, time);
        line.Raw(Severity(containerEvent));
        line.Text(",\"eventName\":\""u8, EventNames.ToOpenTelemetry(containerEvent.Name));
        if (isSent)
        {
            line.Text("\",\"body\":{\"stringValue\":\""u8, EventBody.Of(containerEvent));
            line.Raw("\"},\"attributes\":"u8);
        }
        else
        {
            line.Raw("\",\"attributes\":"u8);
        }

        line.Attributes(containerEvent);
        line.Text(",\"traceId\":\""u8, trace.TraceId);
        line.Text("\",\"spanId\":\""u8, trace.SpanId);
        line.Number("\",\"flags\":"u8, trace.Flags);
        line.Raw("}]}],\"resource\":"u8);
        line.Resource(containerEvent, userAttributes);
        line.Schema();
        line.Raw("}]}\n"u8);
    }

    // SeverityNumber of the OpenTelemetry log data model, and its name.
    private static ReadOnlySpan<byte> Severity(ContainerEvent containerEvent)
    {
        object? outcome = containerEvent.Find(DetailFields.Outcome);
        if (outcome is "canceled" or "unfinished")
        {
            return "\",\"severityNumber\":13,\"severityText\":\"WARN\""u8;
        }

        return outcome is "error" || containerEvent.Name is EventNames.Error or EventNames.UsageError
            ? "\",\"severityNumber\":17,\"severityText\":\"ERROR\""u8
            : "\",\"severityNumber\":9,\"severityText\":\"INFO\""u8;
    }
}
