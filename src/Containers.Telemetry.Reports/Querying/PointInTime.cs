using System.Globalization;

namespace Containers.Telemetry.Reports.Querying;

/// <summary>Reads moments as people type them.</summary>
public static class PointInTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>
    /// Reads a date (<c>2026-10-01</c>, its first moment in UTC), a date and time (in UTC unless it says otherwise), or how long ago:
    /// a number and <c>h</c>, <c>d</c>, <c>w</c>, <c>m</c> (months) or <c>y</c>, such as <c>7d</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="now">What "ago" is counted from.</param>
    /// <param name="time">The moment, UTC.</param>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time) =>
        TryParseAgo(text, now.ToUniversalTime(), out time)
        || DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static bool TryParseAgo(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return false;
        }

        try
        {
            DateTimeOffset? ago = text[^1] switch
            {
                'h' => now.AddHours(-count),
                'd' => now.AddDays(-count),
                'w' => now.AddDays(-7.0 * count),
                'm' => now.AddMonths(-count),
                'y' => now.AddYears(-count),
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
