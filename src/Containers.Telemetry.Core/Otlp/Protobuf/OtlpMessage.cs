namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>The messages that requests for logs and traces are made of.</summary>
internal enum OtlpMessage
{
    ExportLogsServiceRequest,
    ResourceLogs,
    ScopeLogs,
    LogRecord,
    ExportTraceServiceRequest,
    ResourceSpans,
    ScopeSpans,
    Span,
    SpanEvent,
    SpanLink,
    Status,
    Resource,
    InstrumentationScope,
    KeyValue,
    AnyValue,
    ArrayValue,
    KeyValueList,
}
