using Containers.Telemetry.Otlp;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Endpoints;

/// <summary>The endpoints for events, from the properties of this package and the environment variables of the OpenTelemetry specification.</summary>
public sealed class OtlpSettings
{
    /// <summary>The endpoint of log records; null for none.</summary>
    public OtlpDestination? Logs { get; internal init; }

    /// <summary>The endpoint of spans; null for none.</summary>
    public OtlpDestination? Traces { get; internal init; }

    /// <summary>The endpoint of metrics; null for none, and unless metrics are on.</summary>
    public OtlpDestination? Metrics { get; internal init; }

    public IEnumerable<OtlpDestination> Destinations => new[] { Logs, Traces, Metrics }.OfType<OtlpDestination>();

    /// <summary>The resource attributes of <c>OTEL_RESOURCE_ATTRIBUTES</c> and <c>OTEL_SERVICE_NAME</c>. Free text: for the owner's endpoint alone.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResourceAttributes { get; internal init; } = [];

    /// <summary>Resolves the settings. Very cheap when no endpoint is set, the common case.</summary>
    /// <param name="endpoint">The property <c>ContainersTelemetryEndpoint</c>: a base URL, which replaces all endpoint variables.</param>
    /// <param name="allowInsecureEndpoint">The property <c>ContainersTelemetryAllowInsecureEndpoint</c>: <c>true</c> allows http to other machines.</param>
    /// <param name="getVariable">Returns an environment variable, or null when it is not set.</param>
    /// <param name="problems">Receives each invalid setting, once.</param>
    /// <param name="protocol">
    /// The property <c>ContainersTelemetryProtocol</c>: the protocol of the property's endpoint, <c>http/protobuf</c>, <c>http/json</c> or
    /// <c>grpc</c>; null or blank for <c>http/protobuf</c>.
    /// </param>
    /// <param name="metrics">
    /// The property <c>ContainersTelemetryMetrics</c>: <c>true</c> or <c>false</c>; null or blank to use <c>OTEL_METRICS_EXPORTER</c>, which turns
    /// metrics on if it lists <c>otlp</c>.
    /// </param>
    /// <returns>Null when there is no endpoint, none that may be used, or <c>OTEL_SDK_DISABLED</c> is <c>true</c>.</returns>
    public static OtlpSettings? Resolve(
        string? endpoint,
        string? allowInsecureEndpoint,
        Func<string, string?> getVariable,
        ICollection<SettingProblem> problems,
        string? protocol = null,
        string? metrics = null)
    {
        bool isConfigured = !string.IsNullOrWhiteSpace(endpoint)
            || !string.IsNullOrWhiteSpace(getVariable(OtlpVariables.Endpoint))
            || !string.IsNullOrWhiteSpace(getVariable(OtlpVariables.LogsEndpoint))
            || !string.IsNullOrWhiteSpace(getVariable(OtlpVariables.TracesEndpoint))
            || !string.IsNullOrWhiteSpace(getVariable(OtlpVariables.MetricsEndpoint));

        return isConfigured && !OtlpVariables.IsTrue(getVariable(OtlpVariables.SdkDisabled))
            ? new OtlpSettingsReader(endpoint, allowInsecureEndpoint, protocol, metrics, getVariable, problems).Read()
            : null;
    }
}

/// <summary>The environment variables of the OpenTelemetry specification that apply to the export of container events.</summary>
internal static class OtlpVariables
{
    /// <summary>The base URL for all signals.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The URL for log records, used as it is.</summary>
    public const string LogsEndpoint = "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT";

    /// <summary>The URL for spans, used as it is.</summary>
    public const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>The URL for metrics, used as it is.</summary>
    public const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";

    public const string ResourceAttributes = "OTEL_RESOURCE_ATTRIBUTES";

    /// <summary>The resource attribute <c>service.name</c>, which takes precedence over the list.</summary>
    public const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>Turns off all export when <c>true</c>.</summary>
    public const string SdkDisabled = "OTEL_SDK_DISABLED";

    /// <summary>The name of this package's exporter in the variables of <see cref="ExporterOf"/>: the default for logs and spans, not for metrics.</summary>
    public const string OtlpExporter = "otlp";

    /// <summary>The name of the variable that lists the exporters of a signal, with commas between them; <c>none</c> is no exporter.</summary>
    public static string ExporterOf(OtlpSignal signal) => $"OTEL_{PartOf(signal)}_EXPORTER";

    /// <summary>The name of an exporter's option for all signals.</summary>
    /// <param name="option">Its last part, such as <c>HEADERS</c>.</param>
    public static string For(string option) => "OTEL_EXPORTER_OTLP_" + option;

    /// <summary>The name of an exporter's option for one signal, which takes precedence over the general one.</summary>
    public static string For(OtlpSignal signal, string option) => For(PartOf(signal) + "_" + option);

    /// <summary>Whether a variable is true by the specification: the word alone, in any case.</summary>
    public static bool IsTrue(string? value) => value is not null && value.AsSpan().Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static string PartOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "LOGS",
        OtlpSignal.Traces => "TRACES",
        _ => "METRICS",
    };
}
