namespace Containers.Telemetry.Reports.Querying;

public enum ReportSubject
{
    Publishes,

    /// <summary>The single events that an organization's own targets log by the task LogContainerTelemetry.</summary>
    OwnEvents,
}
