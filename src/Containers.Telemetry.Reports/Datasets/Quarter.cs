using Containers.Telemetry.Reports.Aggregation;

namespace Containers.Telemetry.Reports.Datasets;

/// <param name="Year">From 1 to 9998.</param>
/// <param name="Number">From 1 to 4.</param>
public readonly record struct Quarter(int Year, int Number)
{
    private const int MonthsPerQuarter = 3;

    public DateOnly FirstDay => new(Year, ((Number - 1) * MonthsPerQuarter) + 1, 1);

    /// <summary>Reads <c>2026Q4</c> or <c>2026-Q4</c>, in any case.</summary>
    public static bool TryParse(string text, out Quarter quarter)
    {
        quarter = default;
        int q = text.IndexOf('q', StringComparison.OrdinalIgnoreCase);
        if (q is not (4 or 5) || (q == 5 && text[4] != '-') || text.Length != q + 2 || text[^1] is < '1' or > '4'
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year) || year is < 1 or > 9998)
        {
            return false;
        }

        quarter = new Quarter(year, text[^1] - '0');
        return true;
    }

    /// <summary>From its first moment to the first of the next, UTC.</summary>
    public Period Period => new(
        new DateTimeOffset(FirstDay, TimeOnly.MinValue, TimeSpan.Zero),
        new DateTimeOffset(FirstDay.AddMonths(MonthsPerQuarter), TimeOnly.MinValue, TimeSpan.Zero));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}Q{Number}");
}
