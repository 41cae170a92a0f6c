namespace Containers.Telemetry.Reports.Querying;

/// <summary>Reads moments as people type them.</summary>
public static class PointInTime
{
    /// <summary>The allowed forms, for messages.</summary>
    public const string Forms = "an age such as 30m, 12h, 7d, 2w, 3mo or 1y, a date such as 2026-11-20, today or yesterday";

    private const int DateLength = 10;
    private const int MinuteLength = 16;

    private static readonly string[] ZoneForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss",
    ];
    private static readonly string[] OffsetForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>
    /// Reads a date (<c>2026-10-01</c>, its first moment), a date and time (<c>2026-10-01T10:30</c>, with <c>Z</c> or an offset where it is not of
    /// the zone), <c>today</c> or <c>yesterday</c> (its first moment), or an age: a number and <c>m</c> (minutes), <c>h</c>, <c>d</c>, <c>w</c>,
    /// <c>mo</c> (months) or <c>y</c>, such as <c>7d</c>.
    /// </summary>
    /// <param name="now">What ages are counted from.</param>
    /// <param name="zone">The time zone of dates and times without one.</param>
    /// <param name="time">The moment, UTC.</param>
    public static bool TryParse(string text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset time) =>
        TryParseSpan(text, now, zone, out time, out _);

    /// <summary>
    /// Reads the same as <see cref="TryParse"/>, with its end: a date lasts for a day, a time for its minute, its second or the part of a second that its
    /// digits name, an age for no time.
    /// </summary>
    public static bool TryParseSpan(string text, DateTimeOffset now, TimeZoneInfo zone, out DateTimeOffset from, out DateTimeOffset to)
    {
        if (TryParseAge(text, now.ToUniversalTime(), out from))
        {
            to = from;
            return true;
        }

        if (DaysAgo(text) is { } days)
        {
            DateTime day = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(-days);
            (from, to) = (Moment(day, zone), Moment(day.AddDays(1), zone));
            return true;
        }

        if (DateTime.TryParseExact(text, ZoneForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime ofZone))
        {
            (from, to) = (Moment(ofZone, zone), Moment(EndOf(ofZone, text), zone));
            return true;
        }

        bool isMoment = DateTimeOffset.TryParseExact(text, OffsetForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out from);
        to = isMoment ? Moment(EndOf(from.UtcDateTime, text), TimeZoneInfo.Utc) : from;
        return isMoment;
    }

    /// <summary>The moment as RFC 3339 in UTC, which <see cref="TryParse"/> reads back.</summary>
    public static string Format(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static int? DaysAgo(string text) =>
        text.Equals("today", StringComparison.OrdinalIgnoreCase) ? 0 : text.Equals("yesterday", StringComparison.OrdinalIgnoreCase) ? 1 : null;

    // East of Greenwich the first day begins before there is a day in UTC, and west of it the last one ends after.
    private static DateTimeOffset Moment(DateTime ofZone, TimeZoneInfo zone) =>
        new(Math.Clamp(ofZone.Ticks - zone.GetUtcOffset(ofZone).Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    private static DateTime EndOf(DateTime begin, string text)
    {
        TimeSpan length = LengthOf(text);
        return begin > DateTime.MaxValue - length ? begin : begin + length;
    }

    private static TimeSpan LengthOf(string text)
    {
        if (text.IndexOf('.', StringComparison.Ordinal) is > 0 and var point)
        {
            int digits = text.Skip(point + 1).TakeWhile(char.IsAsciiDigit).Count();
            return TimeSpan.FromTicks(TimeSpan.TicksPerSecond / (long)Math.Pow(10, digits));
        }

        return text.Length == DateLength ? TimeSpan.FromDays(1)
            : text.Length == MinuteLength || text[MinuteLength] != ':' ? TimeSpan.FromMinutes(1)
            : TimeSpan.FromSeconds(1);
    }

    private static bool TryParseAge(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = default;
        int unit = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (unit <= 0 || !int.TryParse(text.AsSpan(0, unit), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return false;
        }

        try
        {
            DateTimeOffset? ago = text.AsSpan(unit) switch
            {
                "m" => now.AddMinutes(-count),
                "h" => now.AddHours(-count),
                "d" => now.AddDays(-count),
                "w" => now.AddDays(-7.0 * count),
                "mo" => now.AddMonths(-count),
                "y" => now.AddYears(-count),
                _ => null,
            };
            time = ago ?? default;
            return ago is not null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
