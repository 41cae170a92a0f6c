using System.Globalization;
using Containers.Telemetry.Settings;

namespace Containers.Telemetry.PublishOverhead.Sinks;

/// <summary>Shows how long a publish waits for a collector that does not answer.</summary>
internal static class BudgetReport
{
    // Two publishes of the same variant differ by about this much on an idle machine.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(50);

    /// <summary>The extra wall time over a publish that only stores, next to the budget at a desk.</summary>
    public static string Describe(Measurement hanging, Measurement store)
    {
        var budget = ExportBudget.Read("", isContinuousIntegration: false, []);
        double[] waits = hanging.DifferencesTo(store, cost => cost.Wall.TotalMilliseconds);
        var quartiles = Quartiles.Of(waits);
        int within = waits.Count(wait => wait <= (budget + Tolerance).TotalMilliseconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A collector that hangs takes {quartiles.Median:0} ms ({quartiles.Lower:0} to {quartiles.Upper:0}) of wall time more than the store alone. "
            + $"The budget is {budget.TotalMilliseconds:0} ms; {within} of {waits.Length} rounds are within it and {Tolerance.TotalMilliseconds:0} ms.");
    }
}
