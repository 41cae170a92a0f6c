using System.Globalization;

namespace Containers.Telemetry.Fleet.Reports;

/// <summary>
/// Exact percentiles in SQL, by the nearest rank, as in the local engine: the smallest value that so many percent of the values do not exceed.
/// </summary>
internal static class SqlPercentile
{
    // ClickHouse multiplies the number of values by the level, as a floating-point number, and rounds up. A slightly lower level keeps whole numbers
    // from being rounded up.
    private const decimal Little = 0.000_000_000_001m;

    /// <summary>Returns the expression, which is 0 without a value.</summary>
    /// <param name="value">The expression of the values, whole numbers.</param>
    /// <param name="condition">The condition on the values.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static SqlAggregate Of(string value, string condition, int percent) =>
        new("quantileExactWeightedIf", $"{value}, 1, {condition}", $"({((percent / 100m) - Little).ToString(CultureInfo.InvariantCulture)})");
}
