namespace Containers.Telemetry.Reports.Reading;

/// <summary>Lines that hold what OTLP has beside logs. A collector may write them into the same files; they are nothing to report, and nothing wrong.</summary>
public static class OtherSignals
{
    /// <summary>Whether a line of JSON that holds no OTLP logs holds spans or metrics.</summary>
    public static bool AreIn(ReadOnlySpan<byte> line) => line.IndexOf("\"resourceSpans\""u8) >= 0 || line.IndexOf("\"resourceMetrics\""u8) >= 0;
}
