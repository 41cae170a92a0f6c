using System.Buffers.Binary;

namespace Containers.Telemetry.Reports.Aggregation;

/// <summary>
/// Tells a publish that was killed from one that is running. Neither has an event that ends it. It counts as unfinished when its latest event
/// is an hour old, or when the same user has begun another publish of the same project since.
/// </summary>
public static class UnfinishedPublish
{
    /// <summary>How long a publish may be running after its latest event.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    /// <summary>Whether a publish that nothing has ended may be running.</summary>
    /// <param name="latestEvent">When its latest event was raised.</param>
    /// <param name="nextBegan">When the same user last began a publish of the same project; null for never, or where that is not known.</param>
    /// <param name="now">The time.</param>
    public static bool MayBeRunning(DateTimeOffset latestEvent, DateTimeOffset? nextBegan, DateTimeOffset now) =>
        now - latestEvent < LongestSilence && !(nextBegan > latestEvent);

    /// <summary>When a publish began, by its id, which is a UUIDv7; null for an id of another kind.</summary>
    public static DateTimeOffset? BeganAt(Guid publishId)
    {
        Span<byte> bytes = stackalloc byte[16];
        publishId.TryWriteBytes(bytes, bigEndian: true, out _);
        const int Version7 = 0x70;
        return (bytes[6] & 0xF0) == Version7 ? DateTimeOffset.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16)) : null;
    }
}
