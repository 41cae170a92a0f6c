using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>Shows measurements. The first one is the baseline.</summary>
internal static class OverheadReport
{
    private const double Megabyte = 1 << 20;

    private static readonly (string Name, Func<Cost, double> Figure)[] Figures =
    [
        ("CPU ms", cost => cost.Cpu.TotalMilliseconds),
        ("wall ms", cost => cost.Wall.TotalMilliseconds),
        ("peak MiB", cost => cost.PeakMemory / Megabyte),
    ];

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The medians of the figures.</summary>
    public static Table RenderMedians(IReadOnlyList<Measurement> measurements)
    {
        var table = CreateTable("Median");
        foreach (var measurement in measurements)
        {
            table.AddRow([measurement.Variant.Name, .. Figures.Select(f => Format("0", measurement.Of(f.Figure).Median))]);
        }

        return table;
    }

    /// <summary>The ratios round by round: their median, and below it their quartiles.</summary>
    public static Table RenderRatios(IReadOnlyList<Measurement> measurements)
    {
        var table = CreateTable("Ratio in the same round");
        foreach (var measurement in measurements.Skip(1))
        {
            table.AddRow([measurement.Variant.Name, .. Figures.Select(f => Ratio(measurement.RatioTo(measurements[0], f.Figure)))]);
        }

        return table;

        static string Ratio(Quartiles q) => $"{Format("0.000", q.Median)}\n{Format("0.000", q.Lower)} to {Format("0.000", q.Upper)}";
    }

    /// <summary>
    /// The cost of a part of a variant: the difference from the variant without that part, round by round; the median, and below it the quartiles.
    /// </summary>
    /// <param name="parts">The name of each part, the variant with it and the one without.</param>
    public static Table RenderDifferences(params IReadOnlyList<(string Name, Measurement With, Measurement Without)> parts)
    {
        var table = CreateTable("Difference in the same round");
        foreach (var (name, with, without) in parts)
        {
            table.AddRow([name, .. Figures.Select(f => Difference(Quartiles.Of(with.DifferencesTo(without, f.Figure))))]);
        }

        return table;

        static string Difference(Quartiles q) => $"{Format("0", q.Median)}\n{Format("0", q.Lower)} to {Format("0", q.Upper)}";
    }

    /// <summary>All measurements as JSON: an object for each variant.</summary>
    public static string ToJson(IReadOnlyList<Measurement> measurements) => JsonSerializer.Serialize(
        measurements.Select(measurement => new
        {
            Variant = measurement.Variant.Name,
            Rounds = measurement.Costs.Select(cost => new
            {
                CpuMilliseconds = cost.Cpu.TotalMilliseconds,
                WallMilliseconds = cost.Wall.TotalMilliseconds,
                PeakBytes = cost.PeakMemory,
            }),
        }),
        Json);

    private static Table CreateTable(string title)
    {
        var table = new Table().AddColumn(title);
        foreach (var (name, _) in Figures)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        return table;
    }

    private static string Format(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
