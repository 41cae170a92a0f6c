using System.Globalization;
using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Identity;

/// <summary>
/// A random identifier of a user, derived from nothing. It is kept in the file <c>anonymous-id</c> of the configuration folder, with the
/// day it was made, and replaced when it is <see cref="LifetimeDays"/> days old.
/// </summary>
public static class AnonymousId
{
    /// <summary>The number of days after which another identifier takes its place.</summary>
    public const int LifetimeDays = 90;

    private const string FileName = "anonymous-id";
    private const string DayFormat = "yyyy-MM-dd";
    private const int IdLength = 36;

    // Clocks that disagree by a time zone or a little more are no reason for another identifier.
    private const int ToleratedDays = 1;

    /// <summary>The identifier of the user; a new one on first use, and when the present one is too old or cannot be read.</summary>
    /// <param name="folder">The user's configuration folder.</param>
    /// <param name="now">The time.</param>
    /// <returns>
    /// Null when there is none that could be kept: an event without it is worth more than an identifier that nobody else will ever have.
    /// </returns>
    public static Guid? Get(ConfigFolder folder, DateTimeOffset now)
    {
        DateTime today = now.UtcDateTime.Date;
        return Parse(folder.File(FileName).Ensure(text => Parse(text, today) is not null, () => NewText(today), out _), today);
    }

    /// <summary>
    /// The identifier in its 36 characters, and the day on which another takes its place (UTC). Makes none; null when there is no valid one.
    /// </summary>
    public static (string Id, DateTime ReplacedOn)? Find(ConfigFolder folder, DateTimeOffset now)
    {
        string? text = folder.File(FileName).Read();

        // Its own characters, since the code that writes those of a Guid is compiled anew in each process.
        return ParseWithDay(text, now.UtcDateTime.Date) is { } found ? (text![..IdLength].ToLowerInvariant(), found.Made.AddDays(LifetimeDays)) : null;
    }

    /// <summary>Replaces the identifier at the user's request.</summary>
    /// <returns>The new identifier; null when it could not be written, and the old one stays.</returns>
    public static Guid? Replace(ConfigFolder folder, DateTimeOffset now)
    {
        DateTime today = now.UtcDateTime.Date;
        string text = NewText(today);
        return folder.File(FileName).Replace(text) ? Parse(text, today) : null;
    }

    private static string NewText(DateTime today) =>
        string.Concat(Guid.NewGuid().ToString("D"), "\n", today.ToString(DayFormat, CultureInfo.InvariantCulture), "\n");

    private static Guid? Parse(string? text, DateTime today) => ParseWithDay(text, today)?.Id;

    /// <summary>Returns the identifier if it is valid today. One from the future is not: it might never expire.</summary>
    private static (Guid Id, DateTime Made)? ParseWithDay(string? text, DateTime today)
    {
        ReadOnlySpan<char> span = text.AsSpan();
        if (span.Length > IdLength
            && span[IdLength] == '\n'
            && Guid.TryParseExact(span[..IdLength], "D", out Guid id)
            && ParseDay(span[IdLength..].Trim()) is { } made)
        {
            double age = (today - made).TotalDays;
            return age is >= -ToleratedDays and < LifetimeDays ? (id, made) : null;
        }

        return null;
    }

    private static DateTime? ParseDay(ReadOnlySpan<char> text) =>
        text is [_, _, _, _, '-', _, _, '-', _, _]
        && TryParse(text[..4], out int year)
        && TryParse(text[5..7], out int month)
        && TryParse(text[8..], out int day)
            ? CalendarDay.Find(year, month, day)
            : null;

    private static bool TryParse(ReadOnlySpan<char> digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
