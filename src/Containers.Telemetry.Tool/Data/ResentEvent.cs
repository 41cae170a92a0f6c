using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Writes a stored event as a publish sends it, so that it can be sent again. Receivers recognize it by its id.</summary>
public static class ResentEvent
{
    /// <summary>Returns the trace that an event was stored with, as far as the store knows it: without a parent.</summary>
    public static TraceContext TraceOf(StoredEvent stored)
    {
        Guid publish = stored.PublishId ?? stored.EventId ?? Guid.NewGuid();
        return TraceContext.Create(publish, $"00-{stored.TraceId}-{stored.SpanId}-01", tracestate: null);
    }

    /// <summary>Appends the event's log record as a line.</summary>
    /// <param name="output">What the line is appended to.</param>
    /// <param name="userAttributes">Attributes that the user adds to the resource, as in <see cref="OtlpLogLine.Write"/>.</param>
    public static void WriteLog(Stream output, StoredEvent stored, IReadOnlyList<KeyValuePair<string, string>> userAttributes) =>
        OtlpLogLine.Write(output, stored.Event, TraceOf(stored), userAttributes, isSent: true);

    /// <summary>Appends the spans of an event as a line: the publish that it ends, and the part that it describes.</summary>
    /// <remarks>
    /// A publish in a pipeline's trace has none: its span has a parent, which the store does not know. Parts without an event have none either: a
    /// base image that the build of one image of several chose again, that was not found, or that SDK 8.0.1xx chose.
    /// </remarks>
    /// <returns>The number of spans that were written.</returns>
    public static int WriteSpans(Stream output, StoredEvent stored, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        if (stored.PublishId is not { } publish
            || TraceContext.Create(publish, traceparent: null, tracestate: null) is not { } trace
            || trace.TraceId != stored.TraceId)
        {
            return 0;
        }

        PublishPart[] parts = PublishPart.Of(stored.Event) is { } part ? [part] : [];
        int partSpans = parts.Sum(static one => 1 + one.Parts.Count);
        if (stored.EndsPublish)
        {
            OtlpSpanLine.Write(output, stored.Event, UuidV7.TimeOf(publish), trace, userAttributes, parts);
            return 1 + partSpans;
        }

        if (parts.Length > 0)
        {
            OtlpSpanLine.WriteParts(output, stored.Event, trace, userAttributes, parts);
        }

        return partSpans;
    }
}
