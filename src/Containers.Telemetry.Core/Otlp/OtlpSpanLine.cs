using Containers.Telemetry.Events;

namespace Containers.Telemetry.Otlp;

/// <summary>Writes a publish as one line of OTLP/JSON: an <c>ExportTraceServiceRequest</c> of one span.</summary>
public static class OtlpSpanLine
{
    /// <summary>The name of every span.</summary>
    public const string SpanName = "container publish";

    // SpanKind and StatusCode of the OpenTelemetry trace data model.
    private const int Internal = 1;
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
        DateTimeOffset end = OtlpLine.TimeOf(outcome);
        var line = new OtlpLine(output);
        line.Raw("{\"resourceSpans\":[{\"resource\":"u8);
        line.Resource(outcome, userAttributes);
        line.Raw(",\"scopeSpans\":[{\"scope\":"u8);
        line.Scope();
        line.Raw(",\"spans\":[{\"traceId\":\""u8);
        line.Text(trace.TraceId);
        line.Raw("\",\"spanId\":\""u8);
        line.Text(trace.SpanId);
        WriteParent(line, trace);
        line.Raw(",\"name\":\""u8);
        line.Text(SpanName);
        line.Raw("\",\"kind\":"u8);
        line.Number(Internal);
        line.Raw(",\"startTimeUnixNano\":\""u8);
        line.Time(start < end ? start : end);
        line.Raw("\",\"endTimeUnixNano\":\""u8);
        line.Time(end);
        line.Raw("\",\"attributes\":"u8);
        line.Attributes(outcome);
        WriteStatus(line, outcome);
        line.Raw("}]}]}]}\n"u8);
    }

    private static void WriteParent(OtlpLine line, TraceContext trace)
    {
        int flags = trace.Flags | IsParentRemoteKnown;
        if (trace.ParentSpanId is not null)
        {
            line.Raw("\",\"parentSpanId\":\""u8);
            line.Text(trace.ParentSpanId);
            flags |= IsParentRemote;
        }

        if (trace.TraceState is not null)
        {
            line.Raw("\",\"traceState\":\""u8);
            line.Text(trace.TraceState);
        }

        line.Raw("\",\"flags\":"u8);
        line.Number(flags);
    }

    // By the conventions a success is left unset, and a message does not repeat error.type.
    private static void WriteStatus(OtlpLine line, ContainerEvent outcome)
    {
        if (outcome.Name == EventNames.Error)
        {
            line.Raw(",\"status\":{\"code\":"u8);
            line.Number(Error);
            line.Raw("}"u8);
        }
    }
}
