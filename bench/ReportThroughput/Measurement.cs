using Containers.Telemetry.PublishOverhead;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>What one program took.</summary>
/// <param name="Name">The program.</param>
/// <param name="Cost">The fastest of the rounds.</param>
/// <param name="Bytes">How much it read.</param>
/// <param name="Publishes">How many publishes those bytes tell of.</param>
/// <param name="AllPublishes">How many publishes the comparison is about.</param>
/// <param name="HasSameCounts">Whether its counts are those of the report; null for a program that counts nothing.</param>
internal sealed record Measurement(string Name, Cost Cost, long Bytes, int Publishes, int AllPublishes, bool? HasSameCounts)
{
    public double MegabytesPerSecond => Bytes / 1e6 / Cost.Wall.TotalSeconds;

    /// <summary>How long all publishes take, or would take.</summary>
    public TimeSpan ForAll => Cost.Wall * AllPublishes / Publishes;
}
