using System.Globalization;
using Containers.Telemetry.Settings;
using Spectre.Console;

namespace Containers.Telemetry.PublishOverhead.Hostile;

/// <summary>Shows how long publishes wait for endpoints that misbehave.</summary>
internal static class HostileReport
{
    // What a timer and a scheduler may add to a wait.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Measures all endpoints, and renders the time that the task that pushes goes on after the push, beyond that of a publish that only stores.
    /// </summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="rounds">How often each is published to, after one time that warms up and does not count.</param>
    /// <param name="publish">Publishes a variant once; the wall time of its cost is the time after the push.</param>
    /// <param name="report">Is told of each round done.</param>
    public static Table Render(HostileEndpoints endpoints, int rounds, Func<Variant, Cost> publish, Action<string> report)
    {
        var table = new Table().AddColumn("Endpoint");
        foreach (string column in (string[])["median ms", "quartiles", "95th percentile", "budget ms", "within it and 50 ms"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        var budget = ExportBudget.Read("", endpoints.Place is HostilePlace.Ci, []);
        var measurements = Measurement.Take([endpoints.Store, .. endpoints.Endpoints], rounds, publish, round => report($"Round {round} of {rounds}"));
        double[][] waits = [.. measurements.Skip(1).Select(measurement => measurement.DifferencesTo(measurements[0], cost => cost.Wall.TotalMilliseconds))];
        foreach (var (measurement, waitsOfOne) in measurements.Skip(1).Zip(waits))
        {
            AddRow(table, measurement.Variant.Name, waitsOfOne, budget);
        }

        AddRow(table, $"all of them, {endpoints.Endpoints.Count * rounds} publishes", [.. waits.SelectMany(static waitsOfOne => waitsOfOne)], budget);
        return table;
    }

    private static void AddRow(Table table, string name, double[] waits, TimeSpan budget)
    {
        const double NinetyFifth = 0.95;
        var quartiles = Quartiles.Of(waits);
        double[] sorted = [.. waits.Order()];
        double percentile = sorted[(int)Math.Ceiling(NinetyFifth * sorted.Length) - 1];
        table.AddRow(
            name,
            Format(quartiles.Median),
            $"{Format(quartiles.Lower)} to {Format(quartiles.Upper)}",
            Format(percentile),
            Format(budget.TotalMilliseconds),
            percentile <= (budget + Tolerance).TotalMilliseconds ? "yes" : "no");
    }

    private static string Format(double milliseconds) => milliseconds.ToString("0", CultureInfo.InvariantCulture);
}
