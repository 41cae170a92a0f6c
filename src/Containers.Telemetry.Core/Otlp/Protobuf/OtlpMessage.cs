namespace Containers.Telemetry.Otlp.Protobuf;

/// <summary>The messages that requests for logs, traces and metrics are made of.</summary>
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
    ExportMetricsServiceRequest,
    ResourceMetrics,
    ScopeMetrics,
    Metric,
    Sum,
    Histogram,
    NumberDataPoint,
    HistogramDataPoint,
    Resource,
    InstrumentationScope,
    KeyValue,
    AnyValue,
    ArrayValue,
    KeyValueList,
}

/// <summary>A field of an OTLP message.</summary>
/// <param name="name">Its name in JSON, UTF-8.</param>
/// <param name="number">Its number in the definition.</param>
/// <param name="kind">Its type.</param>
/// <param name="message">The message that it holds, for <see cref="OtlpFieldKind.Message"/>.</param>
internal sealed class OtlpField(byte[] name, int number, OtlpFieldKind kind, OtlpMessage message = default)
{
    /// <summary>Its name in JSON, UTF-8.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>Its number in the definition.</summary>
    public int Number { get; } = number;

    /// <summary>Its type.</summary>
    public OtlpFieldKind Kind { get; } = kind;

    /// <summary>The message that it holds, for <see cref="OtlpFieldKind.Message"/>.</summary>
    public OtlpMessage Message { get; } = message;
}

/// <summary>The types of fields that OTLP's messages have. 64-bit integers are texts in JSON, and are read as numbers, too.</summary>
internal enum OtlpFieldKind
{
    /// <summary>A message in a message.</summary>
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

    /// <summary><c>fixed32</c>.</summary>
    Fixed32,

    /// <summary><c>fixed64</c>.</summary>
    Fixed64,

    /// <summary><c>sfixed64</c>.</summary>
    SignedFixed64,

    /// <summary>Any number of <c>fixed64</c>, packed.</summary>
    PackedFixed64,

    /// <summary>Any number of <c>double</c>, packed.</summary>
    PackedReal,
}
