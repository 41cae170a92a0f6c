namespace Containers.Telemetry.Fleet.Connection;

internal static class UnixTime
{
    /// <summary>Nanoseconds since 1970 of a moment; 0 for an earlier one, the maximum for a later one.</summary>
    public static long Nanoseconds(DateTimeOffset moment) =>
        (long)Int128.Clamp((Int128)(moment - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, 0, long.MaxValue);

    /// <summary><see cref="DateTime.Ticks"/> of nanoseconds since 1970.</summary>
    public static long Ticks(long nanoseconds) => DateTime.UnixEpoch.Ticks + (nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>The moment of nanoseconds since 1970.</summary>
    public static DateTimeOffset Moment(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
