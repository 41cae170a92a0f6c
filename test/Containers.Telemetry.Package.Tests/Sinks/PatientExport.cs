using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Gives an export so much time that a busy machine cannot fail a test.</summary>
internal static class PatientExport
{
    private const string Milliseconds = "300000";

    /// <summary>Sets a budget and a timeout of five minutes.</summary>
    public static PublishRequest Of(PublishRequest request) => request with
    {
        Properties = [.. request.Properties, new("ContainersTelemetryExportBudget", Milliseconds)],
        Environment = user => request.Environment(user).With("OTEL_EXPORTER_OTLP_TIMEOUT", Milliseconds),
    };
}
