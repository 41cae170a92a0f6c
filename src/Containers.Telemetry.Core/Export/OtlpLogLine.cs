using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Export;

/// <summary>Writes an event as one line of OTLP/JSON: an <c>ExportLogsServiceRequest</c> of one log record.</summary>
public static class OtlpLogLine
{
    // SeverityNumber of the OpenTelemetry log data model.
    private const int Info = 9;
    private const int Warn = 13;
    private const int Error = 17;

    /// <summary>Appends the line, with the line feed that ends it.</summary>
    /// <param name="output">What the line is appended to.</param>
    /// <param name="containerEvent">The event.</param>
    /// <param name="trace">The trace of its publish.</param>
    /// <param name="userAttributes">
    /// Attributes that the user adds to the resource. They replace ours of the same name, and the last of several of one name counts.
    /// They are free text, so they belong into what is sent to the user's endpoint and never into the store.
    /// </param>
    public static void Write(Stream output, ContainerEvent containerEvent, TraceContext trace, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        using Utf8JsonWriter writer = OtlpLine.Begin(output, containerEvent, userAttributes, "resourceLogs"u8, "scopeLogs"u8, "logRecords"u8);
        DateTimeOffset time = OtlpLine.TimeOf(containerEvent);
        OtlpLine.WriteTime(writer, "timeUnixNano"u8, time);
        OtlpLine.WriteTime(writer, "observedTimeUnixNano"u8, time);
        int severity = SeverityOf(containerEvent);
        writer.WriteNumber("severityNumber"u8, severity);
        writer.WriteString("severityText"u8, severity switch
        {
            Error => "ERROR",
            Warn => "WARN",
            _ => "INFO",
        });
        writer.WriteString("eventName"u8, containerEvent.Name);
        OtlpLine.WriteAttributes(writer, containerEvent);
        writer.WriteString("traceId"u8, trace.TraceId);
        writer.WriteString("spanId"u8, trace.SpanId);
        writer.WriteNumber("flags"u8, trace.Flags);
        OtlpLine.End(writer, output);
    }

    private static int SeverityOf(ContainerEvent containerEvent)
    {
        if (containerEvent.Name != EventNames.Error)
        {
            return Info;
        }

        return containerEvent.Find(DetailFields.Outcome) is "canceled" ? Warn : Error;
    }
}
