using System.Globalization;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.StoreGenerator;

/// <summary>An event and its publish.</summary>
internal readonly record struct GeneratedEvent(ContainerEvent Event, Guid PublishId)
{
    /// <summary>Its time.</summary>
    public DateTimeOffset Time => DateTimeOffset.Parse((string)Event.Find(DetailFields.Time)!, CultureInfo.InvariantCulture);

    /// <summary>The trace of its publish, which belongs to no pipeline.</summary>
    public TraceContext Trace => TraceContext.Create(PublishId, null, null);

    /// <summary>Writes it as a line of the store.</summary>
    public void WriteTo(Stream stream) => OtlpLogLine.Write(stream, Event, Trace, []);
}
