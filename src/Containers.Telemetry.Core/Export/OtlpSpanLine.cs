using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Export;

/// <summary>Writes a publish as one line of OTLP/JSON: an <c>ExportTraceServiceRequest</c> of one span.</summary>
public static class OtlpSpanLine
{
    /// <summary>The name of every span.</summary>
    public const string SpanName = "container publish";

    // SpanKind and StatusCode of the OpenTelemetry trace data model.
    private const int Internal = 1;
    private const int Ok = 1;
    private const int Error = 2;

    // SpanFlags: above the trace flags, whether it is known if the parent is in another process, and whether it is.
    private const int IsParentRemoteKnown = 0x100;
    private const int IsParentRemote = 0x200;

    /// <summary>Appends the line, with the line feed that ends it.</summary>
    /// <param name="output">What the line is appended to.</param>
    /// <param name="outcome">The event that says how the publish ended; the span ends at its time.</param>
    /// <param name="start">When the publish began. After the end, as when the clock was set back, it counts as the end.</param>
    /// <param name="trace">The trace of the publish.</param>
    /// <param name="userAttributes">Attributes that the user adds to the resource, as in <see cref="OtlpLogLine.Write"/>.</param>
    public static void Write(
        Stream output,
        ContainerEvent outcome,
        DateTimeOffset start,
        TraceContext trace,
        IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        using Utf8JsonWriter writer = OtlpLine.Begin(output, outcome, userAttributes, "resourceSpans"u8, "scopeSpans"u8, "spans"u8);
        writer.WriteString("traceId"u8, trace.TraceId);
        writer.WriteString("spanId"u8, trace.SpanId);
        WriteParent(writer, trace);
        writer.WriteString("name"u8, SpanName);
        writer.WriteNumber("kind"u8, Internal);
        DateTimeOffset end = OtlpLine.TimeOf(outcome);
        OtlpLine.WriteTime(writer, "startTimeUnixNano"u8, start < end ? start : end);
        OtlpLine.WriteTime(writer, "endTimeUnixNano"u8, end);
        OtlpLine.WriteAttributes(writer, outcome);
        WriteStatus(writer, outcome);
        OtlpLine.End(writer, output);
    }

    private static void WriteParent(Utf8JsonWriter writer, TraceContext trace)
    {
        int flags = trace.Flags | IsParentRemoteKnown;
        if (trace.ParentSpanId is not null)
        {
            writer.WriteString("parentSpanId"u8, trace.ParentSpanId);
            flags |= IsParentRemote;
        }

        if (trace.TraceState is not null)
        {
            writer.WriteString("traceState"u8, trace.TraceState);
        }

        writer.WriteNumber("flags"u8, flags);
    }

    private static void WriteStatus(Utf8JsonWriter writer, ContainerEvent outcome)
    {
        writer.WriteStartObject("status"u8);
        if (outcome.Name == EventNames.Error)
        {
            if (outcome.Find(OutcomeFields.Error) is string error)
            {
                writer.WriteString("message"u8, error);
            }

            writer.WriteNumber("code"u8, Error);
        }
        else
        {
            writer.WriteNumber("code"u8, Ok);
        }

        writer.WriteEndObject();
    }
}
