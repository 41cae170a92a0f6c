using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Store;

/// <summary>The size and retention of a log. Whole segments are deleted, the oldest first, whenever a new one is begun.</summary>
public sealed class SegmentedLogLimits
{
    /// <summary>The default of <see cref="MaxBytes"/>.</summary>
    public const long DefaultMaxBytes = 64L << 20;

    /// <summary>The smallest <see cref="MaxBytes"/>.</summary>
    public const long LeastMaxBytes = 1L << 20;

    /// <summary>The default of <see cref="Retention"/>, in days.</summary>
    public const int DefaultRetentionDays = 90;

    // A segment is a sixteenth of the log: of its size, and of its time.
    private const int SegmentsOfALog = 16;
    private const long MostSegmentBytes = 4L << 20;
    private const long BlockBytes = 4096;
    private const int BlocksOfASegment = 4;
    private const int LeastMostSegments = 256;

    /// <summary>The most segments that are deleted at once.</summary>
    internal const int MostDeletions = 256;

    private readonly long _maxBytes = DefaultMaxBytes;
    private readonly TimeSpan _retention = TimeSpan.FromDays(DefaultRetentionDays);

    /// <summary>The maximum size of the segments on the disk, in bytes; at least <see cref="LeastMaxBytes"/>.</summary>
    public long MaxBytes
    {
        get => _maxBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastMaxBytes);
            _maxBytes = value;
        }
    }

    /// <summary>The time that a line is kept, unless the size limit deletes it, and up to an eighth longer. More than zero.</summary>
    public TimeSpan Retention
    {
        get => _retention;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value.Ticks, 0, nameof(value));
            _retention = value;
        }
    }

    /// <summary>How long to wait for other writers before writing a separate segment.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most segments that a log keeps: 4096 by default. With locks, some dozens are enough; without, each append is a segment.</summary>
    internal int MostSegments => (int)Math.Clamp(_maxBytes / BlocksOfASegment / BlockBytes, LeastMostSegments, int.MaxValue / 4);

    /// <summary>
    /// The most segments that a build lists: enough to find <see cref="MostDeletions"/> to delete. If it finds so many, there may be more, but those
    /// with <see cref="MostSegments"/> above them are too many in any case.
    /// </summary>
    internal int MostListed => MostSegments + MostDeletions;

    internal long SegmentBytes => Math.Min(_maxBytes / SegmentsOfALog, MostSegmentBytes);

    /// <summary>Whether a segment accepts further lines. One with a time in the future would never become old.</summary>
    internal bool IsOpen(SegmentName segment, DateTime now) => segment.Begun <= now && now - segment.Begun < _retention / SegmentsOfALog;

    internal bool HasRoom(long length, int added) => length == 0 || length + added <= SegmentBytes;

    /// <summary>The number of segments, from the oldest, that have been kept long enough.</summary>
    /// <remarks>
    /// A single clock is not trusted: it may be ahead, and deletion is final. Ages count up to the time of the last segment that was begun a
    /// sixteenth of the retention ago. The next publish, days later, deletes the rest.
    /// </remarks>
    internal int CountExpired(List<Segment> segments, DateTime now)
    {
        if (FindTrustedTime(segments, now) is not { } trusted)
        {
            return 0;
        }

        int expired = 0;
        DateTime latest = DateTime.MinValue;
        for (int i = 0; i < segments.Count; i++)
        {
            // If a clock was wrong, the order of the numbers decides: a segment is at least as new as those before it.
            DateTime begun = segments[i].Begun;
            if (begun > now)
            {
                continue;
            }

            latest = begun > latest ? begun : latest;
            if (trusted - latest < _retention)
            {
                break;
            }

            expired = i + 1;
        }

        return expired;
    }

    /// <summary>The number of segments, from the oldest, to delete for a new one that begins with so many bytes.</summary>
    internal int CountOverSize(List<Segment> segments, int added)
    {
        long room = _maxBytes - Math.Max(SegmentBytes, added);
        int first = segments.Count;
        int least = Math.Max(0, segments.Count + 1 - MostSegments);
        while (first > least && (room -= OnDisk(segments[first - 1].Length)) >= 0)
        {
            first--;
        }

        return first;
    }

    private DateTime? FindTrustedTime(List<Segment> segments, DateTime now)
    {
        TimeSpan step = _retention / SegmentsOfALog;
        for (int i = segments.Count - 1; i >= 0; i--)
        {
            DateTime begun = segments[i].Begun;
            if (begun <= now && now - begun >= step)
            {
                return begun;
            }
        }

        return null;
    }

    /// <summary>Returns the size of a file on the disk: small files take more than their length.</summary>
    internal static long OnDisk(long length) => (length + BlockBytes - 1) / BlockBytes * BlockBytes;
}

/// <summary>Reads the size and retention of the store.</summary>
public static class StoreLimits
{
    private const int BytesPerMebibyteShift = 20;

    private static readonly NumberSetting.Definition SizeLimit =
        new(
            Diagnostics.StoreSizeLimit,
            "ContainersTelemetryStoreSizeLimit",
            "MiB",
            1,
            65_536,
            (int)(SegmentedLogLimits.DefaultMaxBytes >> BytesPerMebibyteShift));

    private static readonly NumberSetting.Definition RetentionDays =
        new(Diagnostics.StoreRetention, "ContainersTelemetryStoreRetention", "days", 1, 3_650, SegmentedLogLimits.DefaultRetentionDays);

    /// <summary>Reads the limits from the properties of a project.</summary>
    /// <param name="sizeLimit">ContainersTelemetryStoreSizeLimit: MiB, 1 to 65536; empty for 64.</param>
    /// <param name="retention">ContainersTelemetryStoreRetention: days, 1 to 3650; empty for 90.</param>
    /// <param name="problems">Receives CTEL0006 and CTEL0007.</param>
    public static SegmentedLogLimits Read(string sizeLimit, string retention, ICollection<SettingProblem> problems) => new()
    {
        MaxBytes = (long)NumberSetting.Read(sizeLimit, SizeLimit, problems) << BytesPerMebibyteShift,
        Retention = TimeSpan.FromDays(NumberSetting.Read(retention, RetentionDays, problems)),
    };
}
