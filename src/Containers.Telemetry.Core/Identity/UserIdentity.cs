using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Identity;

/// <summary>
/// The ids by which a receiver can join the events of one user: a random identifier and the key of the user's project ids. Both are random, and are
/// replaced together, at the user's request and when they are <see cref="LifetimeDays"/> days old.
/// </summary>
/// <remarks>
/// One file, <c>identity</c> in the configuration folder, has the identifier, the key and the day of their creation. A single file is replaced
/// atomically, so no crash and no second process leaves an old key beside a new identifier. The day is its last line: while a process overwrites an
/// old file, a reader sees the old day and rejects the text.
/// </remarks>
/// <param name="Id">The anonymous user id.</param>
/// <param name="ProjectKey">The key of the user's project ids, unless an organization has set one.</param>
public sealed record UserIdentity(Guid Id, ProjectKey ProjectKey)
{
    /// <summary>The number of days after which the identity is replaced.</summary>
    public const int LifetimeDays = 90;

    private const string FileName = "identity";
    private const string DayFormat = "yyyy-MM-dd";
    private const int IdLength = 36;
    private const int KeyStart = IdLength + 1;
    private const int KeyEnd = KeyStart + ProjectKey.RandomTextLength;

    // Keep the identity when clocks disagree by a time zone or a little more.
    private const int ToleratedDays = 1;

    /// <summary>The identity of the user; a new one on first use, and when the present one is too old or cannot be read.</summary>
    /// <returns>Null when none can be stored: an event without an identifier is better than one with an identifier that is used once.</returns>
    public static UserIdentity? Get(ConfigFolder folder, DateTimeOffset now)
    {
        DateTime today = now.UtcDateTime.Date;
        return Parse(folder.File(FileName).Ensure(text => MadeOn(text, today) is not null, () => NewText(today), out _), today);
    }

    /// <summary>The identifier in its 36 characters, and the day of its replacement (UTC). Creates none; null when there is no valid one.</summary>
    public static (string Id, DateTime ReplacedOn)? Find(ConfigFolder folder, DateTimeOffset now)
    {
        string? text = folder.File(FileName).Read();

        // Taken from the file, since the code that formats a Guid is compiled in each process.
        return MadeOn(text, now.UtcDateTime.Date) is { } made ? (text![..IdLength].ToLowerInvariant(), made.AddDays(LifetimeDays)) : null;
    }

    /// <summary>Replaces the identity at the user's request.</summary>
    /// <returns>The new identity; null when it could not be written, and the old one stays.</returns>
    public static UserIdentity? Replace(ConfigFolder folder, DateTimeOffset now)
    {
        DateTime today = now.UtcDateTime.Date;
        string text = NewText(today);
        return folder.File(FileName).Replace(text) ? Parse(text, today) : null;
    }

    private static string NewText(DateTime today) => string.Concat(
        Guid.NewGuid().ToString("D"), "\n", ProjectKey.RandomText(), "\n" + today.ToString(DayFormat, CultureInfo.InvariantCulture) + "\n");

    private static UserIdentity? Parse(string? text, DateTime today) =>
        MadeOn(text, today) is not null && ProjectKey.Parse(text.AsSpan(KeyStart..KeyEnd)) is { } key
            ? new UserIdentity(Guid.ParseExact(text.AsSpan(0, IdLength), "D"), key)
            : null;

    /// <summary>The creation day of an identity that is valid today; null for any other text. A future one is not valid, since it might never expire.</summary>
    private static DateTime? MadeOn(string? text, DateTime today)
    {
        ReadOnlySpan<char> span = text.AsSpan();
        if (span.Length > KeyEnd
            && span[IdLength] == '\n'
            && span[KeyEnd] == '\n'
            && Guid.TryParseExact(span[..IdLength], "D", out _)
            && ProjectKey.IsRandomText(span[KeyStart..KeyEnd])
            && ParseDay(span[KeyEnd..].Trim()) is { } made)
        {
            double age = (today - made).TotalDays;
            return age is >= -ToleratedDays and < LifetimeDays ? made : null;
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
