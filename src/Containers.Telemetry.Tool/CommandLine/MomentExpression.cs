using System.Globalization;

namespace Containers.Telemetry.Tool.CommandLine;

/// <summary>
/// A moment as somebody types it: an age (<c>30m</c>, <c>12h</c>, <c>7d</c>, <c>2w</c>), a local day (<c>2026-11-20</c>) or a time
/// (<c>2026-11-20T10:30</c>, with <c>Z</c> or an offset where it is not local).
/// </summary>
internal sealed class MomentExpression(TimeProvider clock)
{
    /// <summary>What may be typed, for messages.</summary>
    public const string Forms = "an age such as 7d, 12h or 30m, or a date such as 2026-11-20";

    private static readonly string[] LocalForms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] OffsetForms = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>Returns the moment, or null where the text has none of these forms.</summary>
    public DateTimeOffset? Parse(string text) => ParseAge(text) ?? ParseLocal(text) ?? ParseWithOffset(text);

    private DateTimeOffset? ParseAge(string text)
    {
        double daysPerUnit = text.Length < 2 ? 0 : text[^1] switch
        {
            'm' => 1.0 / (24 * 60),
            'h' => 1.0 / 24,
            'd' => 1,
            'w' => 7,
            _ => 0,
        };
        if (daysPerUnit == 0 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        double days = count * daysPerUnit;
        return days < (now - DateTimeOffset.MinValue).TotalDays ? now.AddDays(-days) : null;
    }

    private DateTimeOffset? ParseLocal(string text)
    {
        if (!DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return null;
        }

        return new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local));
    }

    private static DateTimeOffset? ParseWithOffset(string text) =>
        DateTimeOffset.TryParseExact(text, OffsetForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset moment) ? moment : null;
}
