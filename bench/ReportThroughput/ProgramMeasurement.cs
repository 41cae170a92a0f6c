using Containers.Telemetry.PublishOverhead;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>What one program took.</summary>
/// <param name="Name">The program.</param>
/// <param name="Costs">What each round took.</param>
/// <param name="Bytes">How much it read.</param>
/// <param name="Publishes">How many publishes those bytes tell of.</param>
/// <param name="AllPublishes">How many publishes the comparison is about.</param>
/// <param name="HasSameCounts">Whether its counts are those of the report; null for a program that counts nothing.</param>
internal sealed record ProgramMeasurement(string Name, IReadOnlyList<Cost> Costs, long Bytes, int Publishes, int AllPublishes, bool? HasSameCounts)
{
    /// <summary>Time on the clock, in seconds.</summary>
    public Quartiles Wall { get; } = Quartiles.Of(Costs.Select(static cost => cost.Wall.TotalSeconds));

    /// <summary>Time of processors, in seconds.</summary>
    public Quartiles Cpu { get; } = Quartiles.Of(Costs.Select(static cost => cost.Cpu.TotalSeconds));

    /// <summary>The most memory of any round, in bytes.</summary>
    public long PeakMemory => Costs.Max(static cost => cost.PeakMemory);

    public double MegabytesPerSecond => Bytes / 1e6 / Wall.Median;

    /// <summary>How long all publishes take, or would take, in seconds.</summary>
    public double ForAll => Wall.Median * AllPublishes / Publishes;
}
