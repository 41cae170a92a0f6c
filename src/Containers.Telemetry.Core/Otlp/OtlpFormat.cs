using Containers.Telemetry.Classification;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Otlp;

/// <summary>The names and versions that writers and readers of OTLP/JSON lines share; docs/event-format.md describes the line.</summary>
public static class OtlpFormat
{
    /// <summary>The version of the semantic conventions, as an OpenTelemetry schema URL.</summary>
    public const string SchemaUrl = "https://opentelemetry.io/schemas/1.44.0";

    /// <summary>The name of the instrumentation scope, and of the service unless the user names another.</summary>
    public const string ScopeName = "Containers.Telemetry";

    /// <summary>The newest version of the format that this version of the package reads.</summary>
    public const int ReaderVersion = EventSchema.Version;

    /// <summary>The lowest reader version that understands the lines that are written. Raised only by a change that an older reader would misread.</summary>
    public const int MinReaderVersion = 2;

    /// <summary>The attribute of the scope that holds the lowest reader version.</summary>
    public const string MinReaderVersionAttribute = AttributeNames.Prefix + "min_reader_version";

    /// <summary>The attribute of a log record with the SDK's name of the event, if any.</summary>
    public const string SdkEventNameAttribute = AttributeNames.Prefix + "sdk.event_name";

    /// <summary>The prefix of a dimension's attribute; its name follows.</summary>
    public const string DimensionPrefix = AttributeNames.Prefix + "dimension.";
}

/// <summary>The kinds of OTLP requests that are written.</summary>
public enum OtlpSignal
{
    /// <summary>Log records: one for each event (<c>ExportLogsServiceRequest</c>).</summary>
    Logs,

    /// <summary>Spans: one for each publish (<c>ExportTraceServiceRequest</c>).</summary>
    Traces,

    /// <summary>Metrics, to which each publish is added (<c>ExportMetricsServiceRequest</c>). They have no outbox.</summary>
    Metrics,
}

/// <summary>Converts values of fields to values of OpenTelemetry attributes, and back.</summary>
public static class AttributeValue
{
    /// <summary>Returns the value of the attribute; empty, to leave the attribute out, when the semantic convention has no word for it.</summary>
    public static string Of(EventField field, string value) =>
        field.Kind is FieldKind.TargetFramework ? TargetFrameworks.Moniker(value)
        : field.AttributeValues.Length == 0 ? value
        : field.AttributeValues[Array.IndexOf(field.AllowedValues, value)];

    /// <summary>Returns the value of the field. It is not validated yet.</summary>
    public static string? ToField(EventField field, string value) =>
        field.Kind is FieldKind.TargetFramework ? TargetFrameworks.FromMoniker(value)
        // Schema 1 has the names of exception types without a namespace.
        : value.Length > 0 && Array.IndexOf(field.AttributeValues, value) is >= 0 and var index ? field.AllowedValues[index]
        : value;
}
