namespace Containers.Telemetry.Reports.Storage;

/// <summary>
/// What tells the events of one publish apart in half the bytes of their ids: 20 bits of the milliseconds that a UUIDv7 begins with, and 44
/// random bits. Of events that are less than 17 minutes apart the earlier one has the lower fingerprint, unless the clock's bits turn over
/// between them; that two have the same one needs the same millisecond and a chance of one in 10^13.
/// </summary>
internal static class EventFingerprint
{
    private const int TimeBits = 20;
    private const int RandomBits = 44;
    private const int TimeShift = 80;

    /// <summary>Returns the fingerprint of an event's id: not 0.</summary>
    public static ulong Of(UInt128 eventId)
    {
        ulong time = (ulong)(eventId >> TimeShift) & ((1UL << TimeBits) - 1);
        ulong random = (ulong)eventId & ((1UL << RandomBits) - 1);
        return Math.Max(1, (time << RandomBits) | random);
    }
}
