namespace Containers.Telemetry.Store;

/// <summary>Days of the Gregorian calendar by their numbers.</summary>
/// <remarks>
/// By hand, because a build pays for the first call: the framework's parser of dates takes a fifth of all that a first append to the store
/// takes.
/// </remarks>
internal static class CalendarDay
{
    /// <summary>Returns the first moment of a day (UTC); null when there is no such day.</summary>
    public static DateTime? Find(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc)
            : null;
}
