using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Endpoints;

/// <summary>The environment variables of the OpenTelemetry specification that apply to the export of container events.</summary>
internal static class OtlpVariables
{
    /// <summary>The base URL for all signals.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The URL for log records, used as it is.</summary>
    public const string LogsEndpoint = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";

    /// <summary>The URL for spans, used as it is.</summary>
    public const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>Attributes for the resource of everything that is sent.</summary>
    public const string ResourceAttributes = "OTEL_RESOURCE_ATTRIBUTES";

    /// <summary>The resource attribute <c>service.name</c>, above the one in the list.</summary>
    public const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>Ends all export when <c>true</c>.</summary>
    public const string SdkDisabled = "OTEL_SDK_DISABLED";

    /// <summary>What the variables of <see cref="ExporterOf"/> call the exporter of this package, and have for their default.</summary>
    public const string OtlpExporter = "otlp";

    /// <summary>The name of the variable that lists the exporters of a signal, with commas between them; <c>none</c> is no exporter.</summary>
    public static string ExporterOf(OtlpSignal signal) => signal == OtlpSignal.Logs ? "OTEL_LOGS_EXPORTER" : "OTEL_TRACES_EXPORTER";

    /// <summary>The name of an exporter's option for all signals.</summary>
    /// <param name="option">Its last part, such as <c>HEADERS</c>.</param>
    public static string For(string option) => "OTEL_EXPORTER_OTLP_" + option;

    /// <summary>The name of an exporter's option for one signal, which is above the one for all.</summary>
    public static string For(OtlpSignal signal, string option) =>
        For(signal == OtlpSignal.Logs ? "LOGS_" + option : "TRACES_" + option);

    /// <summary>Whether a variable is true by the specification: the word alone, in any case.</summary>
    public static bool IsTrue(string? value) => value is not null && value.AsSpan().Trim().Equals("true", StringComparison.OrdinalIgnoreCase);
}
