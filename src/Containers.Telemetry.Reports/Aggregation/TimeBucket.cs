namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>A part of time, UTC.</summary>
internal enum TimeBucket
{
    Hour,
    Day,

    /// <summary>From Monday to Sunday (ISO 8601).</summary>
    Week,

    Month,
}

internal static class TimeBuckets
{
    private const int MaxDays = 62;
    private const int MaxWeeks = 53;

    /// <summary>Chooses a part that gives a period neither too few nor too many of them.</summary>
    public static TimeBucket For(Period period)
    {
        double days = (period.To - period.From).TotalDays;
        return days <= MaxDays ? TimeBucket.Day : days <= MaxWeeks * 7 ? TimeBucket.Week : TimeBucket.Month;
    }

    /// <summary>Returns the first day of the part with a moment in it.</summary>
    /// <param name="ticks"><see cref="DateTime.Ticks"/>, UTC.</param>
    public static DateOnly DayOf(this TimeBucket bucket, long ticks)
    {
        DateOnly day = DateOnly.FromDayNumber((int)(ticks / TimeSpan.TicksPerDay));
        return bucket switch
        {
            // The first of January of the year 1, day 0, was a Monday.
            TimeBucket.Week => DateOnly.FromDayNumber(day.DayNumber / 7 * 7),
            TimeBucket.Month => new DateOnly(day.Year, day.Month, 1),
            _ => day,
        };
    }

    /// <summary>Returns the first day of the next part.</summary>
    public static DateOnly Next(this TimeBucket bucket, DateOnly day) => bucket switch
    {
        TimeBucket.Week => day.AddDays(7),
        TimeBucket.Month => day.AddMonths(1),
        _ => day.AddDays(1),
    };
}
