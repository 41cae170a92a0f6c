using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>Writes a publish as one line of OTLP/JSON: an <c>ExportTraceServiceRequest</c> of its span and those of its parts.</summary>
public static class OtlpSpanLine
{
    /// <summary>The name of the span of a publish.</summary>
    public const string SpanName = "container publish";

    private static readonly EventField[] PartFields = [DetailFields.ImageRuntime, OutcomeFields.Error];

    // SpanKind and StatusCode of the OpenTelemetry trace data model.
    private const int Internal = 1;
    private const int Error = 2;

    // SpanFlags, above the trace flags: whether the parent's process is known, and whether it is another process.
    private const int IsParentRemoteKnown = 0x100;
    private const int IsParentRemote = 0x200;

    /// <summary>Appends the line, with the line feed that ends it.</summary>
    /// <param name="outcome">The event that ended the publish; the span ends at its time.</param>
    /// <param name="start">The start of the publish. A start after the end, when the clock was set back, counts as the end.</param>
    /// <param name="userAttributes">Attributes that the user adds to the resource, as in <see cref="OtlpLogLine.Write"/>.</param>
    /// <param name="parts">The parts of the publish; null for none.</param>
    public static void Write(
        Stream output,
        ContainerEvent outcome,
        DateTimeOffset start,
        TraceContext trace,
        IReadOnlyList<KeyValuePair<string, string>> userAttributes,
        IReadOnlyList<PublishPart>? parts = null)
    {
        OtlpLine line = Begin(output, outcome, userAttributes);
        WritePublish(line, outcome, start, trace);
        WriteParts(line, parts ?? [], trace, trace.SpanId);
        End(line);
    }

    /// <summary>Appends a line with the spans of parts of a publish that ends elsewhere.</summary>
    /// <param name="described">An event of the publish; its origin is the spans' resource.</param>
    /// <param name="userAttributes">Attributes that the user adds to the resource, as in <see cref="OtlpLogLine.Write"/>.</param>
    /// <param name="parts">The parts, at least one.</param>
    public static void WriteParts(
        Stream output,
        ContainerEvent described,
        TraceContext trace,
        IReadOnlyList<KeyValuePair<string, string>> userAttributes,
        IReadOnlyList<PublishPart> parts)
    {
        OtlpLine line = Begin(output, described, userAttributes);
        WriteParts(line, parts, trace, trace.SpanId, isFirst: true);
        End(line);
    }

    private static OtlpLine Begin(Stream output, ContainerEvent described, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        var line = new OtlpLine(output, OtlpLineUse.SentSpan);
        line.Raw("{\"resourceSpans\":[{\"resource\":"u8);
        line.Resource(described, userAttributes);
        line.Raw(",\"scopeSpans\":[{\"scope\":"u8);
        line.Scope(described);
        line.Raw(",\"spans\":["u8);
        return line;
    }

    private static void End(OtlpLine line)
    {
        line.Raw("]}]"u8);
        line.Schema();
        line.Raw("}]}\n"u8);
    }

    private static void WritePublish(OtlpLine line, ContainerEvent outcome, DateTimeOffset start, TraceContext trace)
    {
        line.Text("{\"traceId\":\""u8, trace.TraceId);
        line.Text("\",\"spanId\":\""u8, trace.SpanId);
        WriteParent(line, trace);
        WriteTimes(line, SpanName, start, OtlpLine.TimeOf(outcome));
        line.Raw(",\"attributes\":"u8);
        line.Attributes(outcome);
        WriteStatus(line, outcome);
        line.Raw("}"u8);
    }

    private static void WriteParts(OtlpLine line, IReadOnlyList<PublishPart> parts, TraceContext trace, string parentId, bool isFirst = false)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            line.Raw(isFirst && i == 0 ? ""u8 : ","u8);
            WritePart(line, parts[i], trace, parentId);
        }
    }

    private static void WritePart(OtlpLine line, PublishPart part, TraceContext trace, string parentId)
    {
        string spanId = part.SpanIdIn(trace);
        line.Text("{\"traceId\":\""u8, trace.TraceId);
        line.Text("\",\"spanId\":\""u8, spanId);
        line.Text("\",\"parentSpanId\":\""u8, parentId);
        line.Number("\",\"flags\":"u8, trace.Flags | IsParentRemoteKnown);
        WriteTimes(line, NameOf(part.Kind), part.Start, part.Start + part.Duration);
        line.FieldAttributes(part.Outcome, PartFields);
        if (part.Outcome is { } outcome)
        {
            WriteStatus(line, outcome);
        }

        line.Raw("}"u8);
        WriteParts(line, part.Parts, trace, spanId);
    }

    private static string NameOf(PublishPartKind kind) => kind switch
    {
        PublishPartKind.BaseImageInference => "base image inference",
        PublishPartKind.BaseImagePull => "base image pull",
        PublishPartKind.ImagePush => "image push",
        PublishPartKind.Index => "image index",
        _ => "image",
    };

    private static void WriteTimes(OtlpLine line, string name, DateTimeOffset start, DateTimeOffset end)
    {
        line.Text(",\"name\":\""u8, name);
        line.Number("\",\"kind\":"u8, Internal);
        line.Time(",\"startTimeUnixNano\":\""u8, start < end ? start : end);
        line.Time("\",\"endTimeUnixNano\":\""u8, end);
        line.Raw("\""u8);
    }

    private static void WriteParent(OtlpLine line, TraceContext trace)
    {
        int flags = trace.Flags | IsParentRemoteKnown;
        if (trace.ParentSpanId is not null)
        {
            line.Text("\",\"parentSpanId\":\""u8, trace.ParentSpanId);
            flags |= IsParentRemote;
        }

        if (trace.TraceState is not null)
        {
            line.Text("\",\"traceState\":\""u8, trace.TraceState);
        }

        line.Number("\",\"flags\":"u8, flags);
    }

    // By the conventions a success is left unset, and a message does not repeat error.type. A cancellation is not an error.
    private static void WriteStatus(OtlpLine line, ContainerEvent outcome)
    {
        if (outcome.Name == EventNames.Error && outcome.Find(DetailFields.Outcome) is not ("canceled" or "unfinished"))
        {
            line.Number(",\"status\":{\"code\":"u8, Error);
            line.Raw("}"u8);
        }
    }
}
