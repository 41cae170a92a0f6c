namespace Containers.Telemetry.Tool.Output;

/// <summary>Numbers and moments as a person reads them. Machine formats have their own.</summary>
internal static class HumanFormat
{
    private const long Kibi = 1024;
    private const int DayLength = 10;

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: "1 event", "1,234 events".</summary>
    public static string Count(long value, string noun) => Count(value, noun, noun + "s");

    /// <summary>The same for a noun with an irregular plural: "2 publishes".</summary>
    public static string Count(long value, string noun, string nouns) => Count(value) + " " + (value == 1 ? noun : nouns);

    /// <summary>A size, as in reports: "812 B", "1.2 MiB". Separate from the code of reports, which <c>status</c> does not load.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        int unit = 0;
        double value = bytes;
        while (value >= Kibi - 0.5 && unit < units.Length - 1)
        {
            value /= Kibi;
            unit++;
        }

        return $"{value.ToString(unit == 0 || value >= 99.95 ? "F0" : "F1", CultureInfo.InvariantCulture)} {units[unit]}";
    }

    /// <summary>A moment in local time: "2026-11-20 10:30:12".</summary>
    public static string Moment(DateTimeOffset moment, TimeZoneInfo zone)
    {
        string text = Sortable(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
        return string.Concat(text.AsSpan(0, DayLength), " ", text.AsSpan(DayLength + 1));
    }

    /// <summary>A day in local time: "2026-11-20".</summary>
    public static string Day(DateTimeOffset moment, TimeZoneInfo zone) => Day(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>A day: "2026-11-20".</summary>
    public static string Day(DateTime day) => Sortable(day)[..DayLength];

    /// <summary>How long ago a moment was: "just now", "3 minutes ago", "in 2 days" for a future one.</summary>
    public static string Age(DateTimeOffset moment, DateTimeOffset now)
    {
        int count = InLargestUnit(now - moment, out string unit);
        return count == 0 ? "just now" : now > moment ? Count(count, unit) + " ago" : "in " + Count(count, unit);
    }

    /// <summary>How long ago a moment was, for a column: "now", "3m", "2h", "5d"; "in 2d" for a future one.</summary>
    public static string ShortAge(DateTimeOffset moment, DateTimeOffset now)
    {
        int count = InLargestUnit(now - moment, out string unit);
        return count == 0 ? "now" : (now > moment ? "" : "in ") + Count(count) + unit[0];
    }

    private static int InLargestUnit(TimeSpan age, out string unit)
    {
        TimeSpan distance = age.Duration();
        unit = distance.Days > 0 ? "day" : distance.Hours > 0 ? "hour" : "minute";
        return distance.Days > 0 ? distance.Days : distance.Hours > 0 ? distance.Hours : distance.Minutes;
    }

    // "2026-11-20T10:30:12". The only format of the framework that does not load the names of months and days, which take longer than everything else.
    private static string Sortable(DateTime moment) => moment.ToString("s", CultureInfo.InvariantCulture);
}
