using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Endpoints;

/// <summary>
/// Where the owner of the events wants them sent, by the properties of this package and the environment variables of the OpenTelemetry
/// specification.
/// </summary>
public sealed class OtlpSettings
{
    internal OtlpSettings(OtlpDestination? logs, OtlpDestination? traces, IReadOnlyList<KeyValuePair<string, string>> resourceAttributes)
    {
        Logs = logs;
        Traces = traces;
        ResourceAttributes = resourceAttributes;
    }

    /// <summary>Where log records go; null for nowhere.</summary>
    public OtlpDestination? Logs { get; }

    /// <summary>Where spans go; null for nowhere.</summary>
    public OtlpDestination? Traces { get; }

    /// <summary>
    /// What <c>OTEL_RESOURCE_ATTRIBUTES</c> and <c>OTEL_SERVICE_NAME</c> add to the resource of everything that is sent. The owner's own
    /// text, so it belongs into what goes to the owner's endpoint and nowhere else.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResourceAttributes { get; }

    /// <summary>Finds out where to send. Costs next to nothing when no endpoint is set, the common case.</summary>
    /// <param name="endpoint">
    /// The property <c>ContainersTelemetryEndpoint</c>: the base URL of an OTLP endpoint. Set, it is used in place of all endpoint
    /// variables.
    /// </param>
    /// <param name="allowInsecureEndpoint">
    /// The property <c>ContainersTelemetryAllowInsecureEndpoint</c>: <c>true</c> allows http to a host that is not this machine.
    /// </param>
    /// <param name="getVariable">Gives an environment variable, or null when it is not set.</param>
    /// <param name="problems">Takes each setting that cannot be used, once.</param>
    /// <param name="protocol">
    /// The property <c>ContainersTelemetryProtocol</c>: the protocol of the property's endpoint, <c>http/protobuf</c>, <c>http/json</c> or
    /// <c>grpc</c>; null or blank for <c>http/protobuf</c>.
    /// </param>
    /// <returns>Null when there is no endpoint, none that may be used, or <c>OTEL_SDK_DISABLED</c> is <c>true</c>.</returns>
    public static OtlpSettings? Resolve(
        string? endpoint,
        string? allowInsecureEndpoint,
        Func<string, string?> getVariable,
        ICollection<SettingProblem> problems,
        string? protocol = null)
    {
        bool isConfigured = !string.IsNullOrWhiteSpace(endpoint)
            || !string.IsNullOrWhiteSpace(getVariable(OtlpVariables.Endpoint))
            || !string.IsNullOrWhiteSpace(getVariable(OtlpVariables.LogsEndpoint))
            || !string.IsNullOrWhiteSpace(getVariable(OtlpVariables.TracesEndpoint));

        if (!isConfigured || OtlpVariables.IsTrue(getVariable(OtlpVariables.SdkDisabled)))
        {
            return null;
        }

        return new OtlpSettingsReader(endpoint, allowInsecureEndpoint, protocol, getVariable, problems).Read();
    }
}
