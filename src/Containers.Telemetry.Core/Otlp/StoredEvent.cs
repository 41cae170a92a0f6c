using Containers.Telemetry.Events;

namespace Containers.Telemetry.Otlp;

/// <summary>An event as it was read back.</summary>
/// <param name="Event">The event. It went through the same gate as when it was first made, so it holds nothing that its fields do not allow.</param>
/// <param name="Time">When it was raised, UTC.</param>
/// <param name="TraceId">The trace of its publish: 32 lower-case hexadecimal digits; null if the record has none.</param>
/// <param name="SpanId">The span of its publish: 16 lower-case hexadecimal digits; null if the record has none.</param>
public sealed record StoredEvent(ContainerEvent Event, DateTimeOffset Time, string? TraceId, string? SpanId);
