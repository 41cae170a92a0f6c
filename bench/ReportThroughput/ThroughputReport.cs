using System.Globalization;
using System.Text.Json;
using Containers.Telemetry.PublishOverhead;
using Spectre.Console;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>Shows measurements. The first one is the baseline.</summary>
internal static class ThroughputReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The table to print.</summary>
    public static Table Render(IReadOnlyList<ProgramMeasurement> measurements)
    {
        Table table = new Table().AddColumn("Program");
        foreach (string column in new[] { "publishes", "wall s", "CPU s", "MB/s", "peak MB", "s for all", "of the report's time", "same counts" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (ProgramMeasurement one in measurements)
        {
            table.AddRow(
                one.Name,
                Format("N0", one.Publishes),
                Text(one.Wall),
                Text(one.Cpu),
                Format("0", one.MegabytesPerSecond),
                Format("0", one.PeakMemory / 1e6),
                Format("0.0", one.ForAll),
                Format("0.0", one.ForAll / measurements[0].ForAll),
                one.HasSameCounts switch { null => "", true => "yes", false => "NO" });
        }

        return table;
    }

    /// <summary>All measurements as JSON.</summary>
    public static string ToJson(IReadOnlyList<ProgramMeasurement> measurements) => JsonSerializer.Serialize(
        measurements.Select(static one => new
        {
            one.Name,
            one.Publishes,
            one.Bytes,
            WallSeconds = one.Wall,
            CpuSeconds = one.Cpu,
            PeakBytes = one.PeakMemory,
            one.MegabytesPerSecond,
            SecondsForAll = one.ForAll,
            one.HasSameCounts,
        }),
        Json);

    private static string Text(Quartiles seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds.Median:0.0} ({seconds.Lower:0.0} to {seconds.Upper:0.0})");

    private static string Format(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
