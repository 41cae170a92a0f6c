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
    private static readonly OtlpField[] ExportLogsServiceRequest = [new("resourceLogs"u8, 1, Message, static () => ResourceLogs)];

    private static readonly OtlpField[] ResourceLogs =
    [
        new("resource"u8, 1, Message, static () => Resource),
        new("scopeLogs"u8, 2, Message, static () => ScopeLogs),
        new("schemaUrl"u8, 3, Text),
    ];

    private static readonly OtlpField[] ScopeLogs =
    [
        new("scope"u8, 1, Message, static () => InstrumentationScope),
        new("logRecords"u8, 2, Message, static () => LogRecord),
        new("schemaUrl"u8, 3, Text),
    ];

    private static readonly OtlpField[] LogRecord =
    [
        new("timeUnixNano"u8, 1, Fixed64),
        new("severityNumber"u8, 2, Integer),
        new("severityText"u8, 3, Text),
        new("body"u8, 5, Message, static () => AnyValue),
        new("attributes"u8, 6, Message, static () => KeyValue),
        new("droppedAttributesCount"u8, 7, Integer),
        new("flags"u8, 8, Fixed32),
        new("traceId"u8, 9, Hex),
        new("spanId"u8, 10, Hex),
        new("observedTimeUnixNano"u8, 11, Fixed64),
        new("eventName"u8, 12, Text),
    ];

    private static readonly OtlpField[] ExportTraceServiceRequest = [new("resourceSpans"u8, 1, Message, static () => ResourceSpans)];

    private static readonly OtlpField[] ResourceSpans =
    [
        new("resource"u8, 1, Message, static () => Resource),
        new("scopeSpans"u8, 2, Message, static () => ScopeSpans),
        new("schemaUrl"u8, 3, Text),
    ];

    private static readonly OtlpField[] ScopeSpans =
    [
        new("scope"u8, 1, Message, static () => InstrumentationScope),
        new("spans"u8, 2, Message, static () => Span),
        new("schemaUrl"u8, 3, Text),
    ];

    private static readonly OtlpField[] Span =
    [
        new("traceId"u8, 1, Hex),
        new("spanId"u8, 2, Hex),
        new("traceState"u8, 3, Text),
        new("parentSpanId"u8, 4, Hex),
        new("name"u8, 5, Text),
        new("kind"u8, 6, Integer),
        new("startTimeUnixNano"u8, 7, Fixed64),
        new("endTimeUnixNano"u8, 8, Fixed64),
        new("attributes"u8, 9, Message, static () => KeyValue),
        new("droppedAttributesCount"u8, 10, Integer),
        new("events"u8, 11, Message, static () => SpanEvent),
        new("droppedEventsCount"u8, 12, Integer),
        new("links"u8, 13, Message, static () => SpanLink),
        new("droppedLinksCount"u8, 14, Integer),
        new("status"u8, 15, Message, static () => Status),
        new("flags"u8, 16, Fixed32),
    ];

    private static readonly OtlpField[] SpanEvent =
    [
        new("timeUnixNano"u8, 1, Fixed64),
        new("name"u8, 2, Text),
        new("attributes"u8, 3, Message, static () => KeyValue),
        new("droppedAttributesCount"u8, 4, Integer),
    ];

    private static readonly OtlpField[] SpanLink =
    [
        new("traceId"u8, 1, Hex),
        new("spanId"u8, 2, Hex),
        new("traceState"u8, 3, Text),
        new("attributes"u8, 4, Message, static () => KeyValue),
        new("droppedAttributesCount"u8, 5, Integer),
        new("flags"u8, 6, Fixed32),
    ];

    private static readonly OtlpField[] Status =
    [
        new("message"u8, 2, Text),
        new("code"u8, 3, Integer),
    ];

    private static readonly OtlpField[] ExportMetricsServiceRequest = [new("resourceMetrics"u8, 1, Message, static () => ResourceMetrics)];

    private static readonly OtlpField[] ResourceMetrics =
    [
        new("resource"u8, 1, Message, static () => Resource),
        new("scopeMetrics"u8, 2, Message, static () => ScopeMetrics),
        new("schemaUrl"u8, 3, Text),
    ];

    private static readonly OtlpField[] ScopeMetrics =
    [
        new("scope"u8, 1, Message, static () => InstrumentationScope),
        new("metrics"u8, 2, Message, static () => Metric),
        new("schemaUrl"u8, 3, Text),
    ];

    private static readonly OtlpField[] Metric =
    [
        new("name"u8, 1, Text),
        new("description"u8, 2, Text),
        new("unit"u8, 3, Text),
        new("sum"u8, 7, Message, static () => Sum),
        new("histogram"u8, 9, Message, static () => Histogram),
    ];

    private static readonly OtlpField[] Sum =
    [
        new("dataPoints"u8, 1, Message, static () => NumberDataPoint),
        new("aggregationTemporality"u8, 2, Integer),
        new("isMonotonic"u8, 3, Flag),
    ];

    private static readonly OtlpField[] Histogram =
    [
        new("dataPoints"u8, 1, Message, static () => HistogramDataPoint),
        new("aggregationTemporality"u8, 2, Integer),
    ];

    private static readonly OtlpField[] NumberDataPoint =
    [
        new("startTimeUnixNano"u8, 2, Fixed64),
        new("timeUnixNano"u8, 3, Fixed64),
        new("asDouble"u8, 4, Real),
        new("asInt"u8, 6, SignedFixed64),
        new("attributes"u8, 7, Message, static () => KeyValue),
        new("flags"u8, 8, Integer),
    ];

    private static readonly OtlpField[] HistogramDataPoint =
    [
        new("startTimeUnixNano"u8, 2, Fixed64),
        new("timeUnixNano"u8, 3, Fixed64),
        new("count"u8, 4, Fixed64),
        new("sum"u8, 5, Real),
        new("bucketCounts"u8, 6, PackedFixed64),
        new("explicitBounds"u8, 7, PackedReal),
        new("attributes"u8, 9, Message, static () => KeyValue),
        new("flags"u8, 10, Integer),
        new("min"u8, 11, Real),
        new("max"u8, 12, Real),
    ];

    private static readonly OtlpField[] Resource =
    [
        new("attributes"u8, 1, Message, static () => KeyValue),
        new("droppedAttributesCount"u8, 2, Integer),
    ];

    private static readonly OtlpField[] InstrumentationScope =
    [
        new("name"u8, 1, Text),
        new("version"u8, 2, Text),
        new("attributes"u8, 3, Message, static () => KeyValue),
        new("droppedAttributesCount"u8, 4, Integer),
    ];

    private static readonly OtlpField[] KeyValue =
    [
        new("key"u8, 1, Text),
        new("value"u8, 2, Message, static () => AnyValue),
    ];

    private static readonly OtlpField[] AnyValue =
    [
        new("stringValue"u8, 1, Text),
        new("boolValue"u8, 2, Flag),
        new("intValue"u8, 3, Integer),
        new("doubleValue"u8, 4, Real),
        new("arrayValue"u8, 5, Message, static () => ArrayValue),
        new("kvlistValue"u8, 6, Message, static () => KeyValueList),
        new("bytesValue"u8, 7, Base64),
    ];

    private static readonly OtlpField[] ArrayValue = [new("values"u8, 1, Message, static () => AnyValue)];

    private static readonly OtlpField[] KeyValueList = [new("values"u8, 1, Message, static () => KeyValue)];

    /// <summary>The fields of the request that exports a signal.</summary>
    public static OtlpField[] RequestOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => ExportLogsServiceRequest,
        OtlpSignal.Traces => ExportTraceServiceRequest,
        _ => ExportMetricsServiceRequest,
    };
}

/// <param name="name">Its name in JSON, UTF-8.</param>
/// <param name="number">Its number in the definition.</param>
/// <param name="fields">Returns the fields of its message; null for another kind. A function, since messages contain each other.</param>
internal sealed class OtlpField(ReadOnlySpan<byte> name, int number, OtlpFieldKind kind, Func<OtlpField[]?>? fields = null)
{
    private readonly byte[] _name = name.ToArray();

    public ReadOnlySpan<byte> Name => _name;

    public int Number { get; } = number;

    public OtlpFieldKind Kind { get; } = kind;

    public OtlpField[] Fields => fields!()!;
}

/// <summary>The types of fields that OTLP's messages have. 64-bit integers are texts in JSON, and are read as numbers, too.</summary>
internal enum OtlpFieldKind
{
    Message,

    /// <summary><c>string</c>.</summary>
    Text,

    /// <summary><c>bytes</c> that OTLP/JSON writes as hexadecimal digits: the ids of traces and spans.</summary>
    Hex,

    /// <summary><c>bytes</c> that JSON has as base64.</summary>
    Base64,

    /// <summary><c>bool</c>.</summary>
    Flag,

    /// <summary><c>int64</c>, <c>uint32</c> or an enumeration.</summary>
    Integer,

    /// <summary><c>double</c>.</summary>
    Real,

    Fixed32,

    Fixed64,

    /// <summary><c>sfixed64</c>.</summary>
    SignedFixed64,

    /// <summary>Any number of <c>fixed64</c>, packed.</summary>
    PackedFixed64,

    /// <summary>Any number of <c>double</c>, packed.</summary>
    PackedReal,
}
