using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>An export that a busy machine cannot keep from arriving: what a test says of it does not depend on a budget.</summary>
internal static class PatientExport
{
    private const string Milliseconds = "300000";

    /// <summary>Gives the export of a publish all the time that it needs.</summary>
    public static PublishRequest Of(PublishRequest request) => request with
    {
        Properties = [.. request.Properties, new("ContainersTelemetryExportBudget", Milliseconds)],
        Environment = user => request.Environment(user).With("OTEL_EXPORTER_OTLP_TIMEOUT", Milliseconds),
    };
}
