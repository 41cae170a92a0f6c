using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Writes a stored event as a publish sends it, so that it can be sent once more. Receivers know it by its id.</summary>
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
    /// <param name="stored">The event.</param>
    /// <param name="userAttributes">Attributes that the user adds to the resource, as in <see cref="OtlpLogLine.Write"/>.</param>
    public static void WriteLog(Stream output, StoredEvent stored, IReadOnlyList<KeyValuePair<string, string>> userAttributes) =>
        OtlpLogLine.Write(output, stored.Event, TraceOf(stored), userAttributes, isSent: true);

    /// <summary>Appends the span of a publish as a line, where the event ends one that has a trace of its own.</summary>
    /// <remarks>The span of a publish in a pipeline's trace has a parent, which the store does not know.</remarks>
    /// <returns>Whether a line was written.</returns>
    public static bool TryWriteSpan(Stream output, StoredEvent stored, IReadOnlyList<KeyValuePair<string, string>> userAttributes)
    {
        if (!stored.EndsPublish
            || stored.PublishId is not { } publish
            || TraceContext.Create(publish, traceparent: null, tracestate: null) is not { } trace
            || trace.TraceId != stored.TraceId)
        {
            return false;
        }

        OtlpSpanLine.Write(output, stored.Event, UuidV7.TimeOf(publish), trace, userAttributes);
        return true;
    }
}
