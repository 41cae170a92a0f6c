namespace Containers.Telemetry.Reports.Querying;

/// <summary>The subject of a report.</summary>
public enum ReportSubject
{
    /// <summary>Container publishes.</summary>
    Publishes,

    /// <summary>The single events that an organization's own targets log by the task LogContainerTelemetry.</summary>
    OwnEvents,
}
