namespace Containers.Telemetry.Fleet.Reports;

/// <summary>
/// Exact percentiles in SQL, by the nearest rank, as in the local engine: the smallest value that so many percent of the values do not exceed.
/// </summary>
internal static class SqlPercentile
{
    // ClickHouse multiplies the number of values by the level, as a floating-point number, and rounds up, or down for ranks that count from 0. A slightly
    // lower level keeps whole numbers from becoming the next rank.
    private const decimal Little = 0.000_000_000_001m;

    /// <summary>Returns the expression, which is 0 without a value.</summary>
    /// <param name="value">The expression of the values, whole numbers.</param>
    /// <param name="percent">From 1 to 100.</param>
    public static SqlAggregate Of(string value, string condition, int percent) =>
        new("quantileExactWeightedIf", $"{value}, 1, {condition}", $"({LevelOf(percent)})");

    /// <summary>
    /// Returns the expression of an array of percentiles. It sorts the values: where nearly all differ, that is faster than to count equal ones.
    /// </summary>
    /// <param name="value">The expression of the values, whole numbers.</param>
    /// <param name="percents">Each from 1 to 100.</param>
    public static string OfDifferent(string value, params IEnumerable<int> percents) =>
        $"quantilesExact({string.Join(", ", percents.Select(LevelOf))})(toInt64({value}))";

    private static string LevelOf(int percent) => ((percent / 100m) - Little).ToString(CultureInfo.InvariantCulture);
}
