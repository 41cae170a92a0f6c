namespace Containers.Telemetry.Otlp;

/// <summary>The kinds of OTLP requests that are written.</summary>
public enum OtlpSignal
{
    /// <summary>Log records: one for each event (<c>ExportLogsServiceRequest</c>).</summary>
    Logs,

    /// <summary>Spans: one for each publish (<c>ExportTraceServiceRequest</c>).</summary>
    Traces,
}
