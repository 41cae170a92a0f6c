using Containers.Telemetry.PublishOverhead;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>The cost of one program.</summary>
/// <param name="Name">The program.</param>
/// <param name="Costs">The cost of each round.</param>
/// <param name="Bytes">The number of bytes that it read.</param>
/// <param name="Publishes">The number of publishes in those bytes.</param>
/// <param name="AllPublishes">The number of publishes of the comparison.</param>
/// <param name="HasSameCounts">Whether its counts equal those of the report; null if the program counts nothing.</param>
internal sealed record ProgramMeasurement(string Name, IReadOnlyList<Cost> Costs, long Bytes, int Publishes, int AllPublishes, bool? HasSameCounts)
{
    /// <summary>Elapsed time, in seconds.</summary>
    public Quartiles Wall { get; } = Quartiles.Of(Costs.Select(static cost => cost.Wall.TotalSeconds));

    /// <summary>CPU time, in seconds.</summary>
    public Quartiles Cpu { get; } = Quartiles.Of(Costs.Select(static cost => cost.Cpu.TotalSeconds));

    /// <summary>The peak memory of all rounds, in bytes.</summary>
    public long PeakMemory => Costs.Max(static cost => cost.PeakMemory);

    public double MegabytesPerSecond => Bytes / 1e6 / Wall.Median;

    /// <summary>The measured or extrapolated time for all publishes, in seconds.</summary>
    public double ForAll => Wall.Median * AllPublishes / Publishes;
}
