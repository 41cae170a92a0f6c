using System.Globalization;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.StoreGenerator;

/// <summary>An event, and the publish that it belongs to.</summary>
internal readonly record struct GeneratedEvent(ContainerEvent Event, Guid PublishId)
{
    /// <summary>When it was raised.</summary>
    public DateTimeOffset Time => DateTimeOffset.Parse((string)Event.Find(DetailFields.Time)!, CultureInfo.InvariantCulture);

    /// <summary>The trace that its publish is, outside the trace of any pipeline.</summary>
    public TraceContext Trace => TraceContext.Create(PublishId, null, null);

    /// <summary>Writes it as a line of the store.</summary>
    public void WriteTo(Stream stream) => OtlpLogLine.Write(stream, Event, Trace, []);
}
