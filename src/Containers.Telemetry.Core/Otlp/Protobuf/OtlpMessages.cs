using static Containers.Telemetry.Otlp.Protobuf.OtlpFieldKind;

namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>
/// The fields of OTLP's messages, from the official definitions (https://github.com/open-telemetry/opentelemetry-proto, v1.9.0:
/// collector/logs/v1/logs_service.proto, logs/v1/logs.proto, collector/trace/v1/trace_service.proto, trace/v1/trace.proto,
/// collector/metrics/v1/metrics_service.proto, metrics/v1/metrics.proto as far as counters and histograms go,
/// resource/v1/resource.proto and common/v1/common.proto).
/// </summary>
internal static class OtlpMessages
{
    private static readonly OtlpField[] ExportLogsServiceRequest = [new("resourceLogs"u8.ToArray(), 1, Message, OtlpMessage.ResourceLogs)];

    private static readonly OtlpField[] ResourceLogs =
    [
        new("resource"u8.ToArray(), 1, Message, OtlpMessage.Resource),
        new("scopeLogs"u8.ToArray(), 2, Message, OtlpMessage.ScopeLogs),
        new("schemaUrl"u8.ToArray(), 3, Text),
    ];

    private static readonly OtlpField[] ScopeLogs =
    [
        new("scope"u8.ToArray(), 1, Message, OtlpMessage.InstrumentationScope),
        new("logRecords"u8.ToArray(), 2, Message, OtlpMessage.LogRecord),
        new("schemaUrl"u8.ToArray(), 3, Text),
    ];

    private static readonly OtlpField[] LogRecord =
    [
        new("timeUnixNano"u8.ToArray(), 1, Fixed64),
        new("severityNumber"u8.ToArray(), 2, Integer),
        new("severityText"u8.ToArray(), 3, Text),
        new("body"u8.ToArray(), 5, Message, OtlpMessage.AnyValue),
        new("attributes"u8.ToArray(), 6, Message, OtlpMessage.KeyValue),
        new("droppedAttributesCount"u8.ToArray(), 7, Integer),
        new("flags"u8.ToArray(), 8, Fixed32),
        new("traceId"u8.ToArray(), 9, Hex),
        new("spanId"u8.ToArray(), 10, Hex),
        new("observedTimeUnixNano"u8.ToArray(), 11, Fixed64),
        new("eventName"u8.ToArray(), 12, Text),
    ];

    private static readonly OtlpField[] ExportTraceServiceRequest = [new("resourceSpans"u8.ToArray(), 1, Message, OtlpMessage.ResourceSpans)];

    private static readonly OtlpField[] ResourceSpans =
    [
        new("resource"u8.ToArray(), 1, Message, OtlpMessage.Resource),
        new("scopeSpans"u8.ToArray(), 2, Message, OtlpMessage.ScopeSpans),
        new("schemaUrl"u8.ToArray(), 3, Text),
    ];

    private static readonly OtlpField[] ScopeSpans =
    [
        new("scope"u8.ToArray(), 1, Message, OtlpMessage.InstrumentationScope),
        new("spans"u8.ToArray(), 2, Message, OtlpMessage.Span),
        new("schemaUrl"u8.ToArray(), 3, Text),
    ];

    private static readonly OtlpField[] Span =
    [
        new("traceId"u8.ToArray(), 1, Hex),
        new("spanId"u8.ToArray(), 2, Hex),
        new("traceState"u8.ToArray(), 3, Text),
        new("parentSpanId"u8.ToArray(), 4, Hex),
        new("name"u8.ToArray(), 5, Text),
        new("kind"u8.ToArray(), 6, Integer),
        new("startTimeUnixNano"u8.ToArray(), 7, Fixed64),
        new("endTimeUnixNano"u8.ToArray(), 8, Fixed64),
        new("attributes"u8.ToArray(), 9, Message, OtlpMessage.KeyValue),
        new("droppedAttributesCount"u8.ToArray(), 10, Integer),
        new("events"u8.ToArray(), 11, Message, OtlpMessage.SpanEvent),
        new("droppedEventsCount"u8.ToArray(), 12, Integer),
        new("links"u8.ToArray(), 13, Message, OtlpMessage.SpanLink),
        new("droppedLinksCount"u8.ToArray(), 14, Integer),
        new("status"u8.ToArray(), 15, Message, OtlpMessage.Status),
        new("flags"u8.ToArray(), 16, Fixed32),
    ];

    private static readonly OtlpField[] SpanEvent =
    [
        new("timeUnixNano"u8.ToArray(), 1, Fixed64),
        new("name"u8.ToArray(), 2, Text),
        new("attributes"u8.ToArray(), 3, Message, OtlpMessage.KeyValue),
        new("droppedAttributesCount"u8.ToArray(), 4, Integer),
    ];

    private static readonly OtlpField[] SpanLink =
    [
        new("traceId"u8.ToArray(), 1, Hex),
        new("spanId"u8.ToArray(), 2, Hex),
        new("traceState"u8.ToArray(), 3, Text),
        new("attributes"u8.ToArray(), 4, Message, OtlpMessage.KeyValue),
        new("droppedAttributesCount"u8.ToArray(), 5, Integer),
        new("flags"u8.ToArray(), 6, Fixed32),
    ];

    private static readonly OtlpField[] Status =
    [
        new("message"u8.ToArray(), 2, Text),
        new("code"u8.ToArray(), 3, Integer),
    ];

    private static readonly OtlpField[] ExportMetricsServiceRequest = [new("resourceMetrics"u8.ToArray(), 1, Message, OtlpMessage.ResourceMetrics)];

    private static readonly OtlpField[] ResourceMetrics =
    [
        new("resource"u8.ToArray(), 1, Message, OtlpMessage.Resource),
        new("scopeMetrics"u8.ToArray(), 2, Message, OtlpMessage.ScopeMetrics),
        new("schemaUrl"u8.ToArray(), 3, Text),
    ];

    private static readonly OtlpField[] ScopeMetrics =
    [
        new("scope"u8.ToArray(), 1, Message, OtlpMessage.InstrumentationScope),
        new("metrics"u8.ToArray(), 2, Message, OtlpMessage.Metric),
        new("schemaUrl"u8.ToArray(), 3, Text),
    ];

    private static readonly OtlpField[] Metric =
    [
        new("name"u8.ToArray(), 1, Text),
        new("description"u8.ToArray(), 2, Text),
        new("unit"u8.ToArray(), 3, Text),
        new("sum"u8.ToArray(), 7, Message, OtlpMessage.Sum),
        new("histogram"u8.ToArray(), 9, Message, OtlpMessage.Histogram),
    ];

    private static readonly OtlpField[] Sum =
    [
        new("dataPoints"u8.ToArray(), 1, Message, OtlpMessage.NumberDataPoint),
        new("aggregationTemporality"u8.ToArray(), 2, Integer),
        new("isMonotonic"u8.ToArray(), 3, Flag),
    ];

    private static readonly OtlpField[] Histogram =
    [
        new("dataPoints"u8.ToArray(), 1, Message, OtlpMessage.HistogramDataPoint),
        new("aggregationTemporality"u8.ToArray(), 2, Integer),
    ];

    private static readonly OtlpField[] NumberDataPoint =
    [
        new("startTimeUnixNano"u8.ToArray(), 2, Fixed64),
        new("timeUnixNano"u8.ToArray(), 3, Fixed64),
        new("asDouble"u8.ToArray(), 4, Real),
        new("asInt"u8.ToArray(), 6, SignedFixed64),
        new("attributes"u8.ToArray(), 7, Message, OtlpMessage.KeyValue),
        new("flags"u8.ToArray(), 8, Integer),
    ];

    private static readonly OtlpField[] HistogramDataPoint =
    [
        new("startTimeUnixNano"u8.ToArray(), 2, Fixed64),
        new("timeUnixNano"u8.ToArray(), 3, Fixed64),
        new("count"u8.ToArray(), 4, Fixed64),
        new("sum"u8.ToArray(), 5, Real),
        new("bucketCounts"u8.ToArray(), 6, PackedFixed64),
        new("explicitBounds"u8.ToArray(), 7, PackedReal),
        new("attributes"u8.ToArray(), 9, Message, OtlpMessage.KeyValue),
        new("flags"u8.ToArray(), 10, Integer),
        new("min"u8.ToArray(), 11, Real),
        new("max"u8.ToArray(), 12, Real),
    ];

    private static readonly OtlpField[] Resource =
    [
        new("attributes"u8.ToArray(), 1, Message, OtlpMessage.KeyValue),
        new("droppedAttributesCount"u8.ToArray(), 2, Integer),
    ];

    private static readonly OtlpField[] InstrumentationScope =
    [
        new("name"u8.ToArray(), 1, Text),
        new("version"u8.ToArray(), 2, Text),
        new("attributes"u8.ToArray(), 3, Message, OtlpMessage.KeyValue),
        new("droppedAttributesCount"u8.ToArray(), 4, Integer),
    ];

    private static readonly OtlpField[] KeyValue =
    [
        new("key"u8.ToArray(), 1, Text),
        new("value"u8.ToArray(), 2, Message, OtlpMessage.AnyValue),
    ];

    private static readonly OtlpField[] AnyValue =
    [
        new("stringValue"u8.ToArray(), 1, Text),
        new("boolValue"u8.ToArray(), 2, Flag),
        new("intValue"u8.ToArray(), 3, Integer),
        new("doubleValue"u8.ToArray(), 4, Real),
        new("arrayValue"u8.ToArray(), 5, Message, OtlpMessage.ArrayValue),
        new("kvlistValue"u8.ToArray(), 6, Message, OtlpMessage.KeyValueList),
        new("bytesValue"u8.ToArray(), 7, Base64),
    ];

    private static readonly OtlpField[] ArrayValue = [new("values"u8.ToArray(), 1, Message, OtlpMessage.AnyValue)];

    private static readonly OtlpField[] KeyValueList = [new("values"u8.ToArray(), 1, Message, OtlpMessage.KeyValue)];

    /// <summary>The request that exports a signal.</summary>
    public static OtlpMessage RequestOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => OtlpMessage.ExportLogsServiceRequest,
        OtlpSignal.Traces => OtlpMessage.ExportTraceServiceRequest,
        _ => OtlpMessage.ExportMetricsServiceRequest,
    };

    /// <summary>The fields of a message.</summary>
    public static OtlpField[] FieldsOf(OtlpMessage message) => message switch
    {
        OtlpMessage.ExportLogsServiceRequest => ExportLogsServiceRequest,
        OtlpMessage.ResourceLogs => ResourceLogs,
        OtlpMessage.ScopeLogs => ScopeLogs,
        OtlpMessage.LogRecord => LogRecord,
        OtlpMessage.ExportTraceServiceRequest => ExportTraceServiceRequest,
        OtlpMessage.ResourceSpans => ResourceSpans,
        OtlpMessage.ScopeSpans => ScopeSpans,
        OtlpMessage.Span => Span,
        OtlpMessage.SpanEvent => SpanEvent,
        OtlpMessage.SpanLink => SpanLink,
        OtlpMessage.Status => Status,
        OtlpMessage.ExportMetricsServiceRequest => ExportMetricsServiceRequest,
        OtlpMessage.ResourceMetrics => ResourceMetrics,
        OtlpMessage.ScopeMetrics => ScopeMetrics,
        OtlpMessage.Metric => Metric,
        OtlpMessage.Sum => Sum,
        OtlpMessage.Histogram => Histogram,
        OtlpMessage.NumberDataPoint => NumberDataPoint,
        OtlpMessage.HistogramDataPoint => HistogramDataPoint,
        OtlpMessage.Resource => Resource,
        OtlpMessage.InstrumentationScope => InstrumentationScope,
        OtlpMessage.KeyValue => KeyValue,
        OtlpMessage.AnyValue => AnyValue,
        OtlpMessage.ArrayValue => ArrayValue,
        OtlpMessage.KeyValueList => KeyValueList,
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };
}
