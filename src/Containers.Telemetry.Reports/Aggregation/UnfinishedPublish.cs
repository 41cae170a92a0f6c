using System.Buffers.Binary;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>
/// Distinguishes a killed publish from a running one. Neither has an event that ends it. It counts as unfinished when its latest event
/// is an hour old, or when the same user has begun another publish of the same project since.
/// </summary>
public static class UnfinishedPublish
{
    /// <summary>How long a publish may be running after its latest event.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    /// <summary>Whether a publish without an outcome may be running.</summary>
    /// <param name="latestEvent">The time of its latest event.</param>
    /// <param name="nextBegan">The last start of a publish of the same project by the same user; null if unknown.</param>
    public static bool MayBeRunning(DateTimeOffset latestEvent, DateTimeOffset? nextBegan, DateTimeOffset now) =>
        now - latestEvent < LongestSilence && !(nextBegan > latestEvent);

    /// <summary>The start of a publish, from its id, a UUIDv7; null for another kind of id.</summary>
    public static DateTimeOffset? BeganAt(Guid publishId)
    {
        Span<byte> bytes = stackalloc byte[16];
        publishId.TryWriteBytes(bytes, bigEndian: true, out _);
        const int Version7 = 0x70;
        // An id from elsewhere may name a moment that no calendar has.
        long milliseconds = Math.Min((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
        return (bytes[6] & 0xF0) == Version7 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
