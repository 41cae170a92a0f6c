namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>Finds the days with most of the additional failures.</summary>
internal static class BusiestDays
{
    /// <summary>The least share of the additional failures on the days.</summary>
    private const double Most = 0.75;

    /// <summary>The largest share of the days in the period: an incident, not a change.</summary>
    private const double LargestPart = 1 / 3.0;

    /// <summary>Returns the first and the last day; null if the failures are spread over the period.</summary>
    /// <param name="failures">The days of the failures, in any order.</param>
    /// <param name="expected">How many failures there would be without the change.</param>
    public static (DateOnly First, DateOnly Last)? Find(IReadOnlyCollection<DateOnly> failures, Period period, double expected)
    {
        int first = DateOnly.FromDateTime(period.From.UtcDateTime).DayNumber;
        int length = DateOnly.FromDateTime(period.To.AddTicks(-1).UtcDateTime).DayNumber - first + 1;
        double[] additional = new double[length];
        Array.Fill(additional, -expected / length);
        foreach (DateOnly day in failures)
        {
            additional[day.DayNumber - first]++;
        }

        return Shortest(additional, Most * (failures.Count - expected)) is { } days
            ? (DateOnly.FromDayNumber(first + days.Start), DateOnly.FromDayNumber(first + days.End - 1))
            : null;
    }

    /// <summary>Finds the shortest run of days that reaches a sum, and among equally short ones the one with the largest sum.</summary>
    private static (int Start, int End)? Shortest(double[] values, double sum)
    {
        // By the first day of a run; each length adds one day to the runs of the length before.
        double[] sums = new double[values.Length];
        for (int length = 1; length <= values.Length * LargestPart; length++)
        {
            int count = values.Length - length + 1;
            for (int start = 0; start < count; start++)
            {
                sums[start] += values[start + length - 1];
            }

            double largest = sums.Take(count).Max();
            if (largest >= sum)
            {
                int start = Array.IndexOf(sums, largest, 0, count);
                return (start, start + length);
            }
        }

        return null;
    }
}
