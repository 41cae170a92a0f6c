using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Store;

/// <summary>How much a log keeps, and for how long. Whole segments are deleted, the oldest first, whenever a new one is begun.</summary>
public sealed class SegmentedLogLimits
{
    /// <summary>The default of <see cref="MaxBytes"/>.</summary>
    public const long DefaultMaxBytes = 64L << 20;

    /// <summary>The smallest <see cref="MaxBytes"/>.</summary>
    public const long LeastMaxBytes = 1L << 20;

    /// <summary>The default of <see cref="Retention"/>, in days.</summary>
    public const int DefaultRetentionDays = 90;

    // A log is deleted by sixteenths: of its size, and of its time.
    private const int SegmentsOfALog = 16;
    private const long MostSegmentBytes = 4L << 20;
    private const long BlockBytes = 4096;
    private const int BlocksOfASegment = 4;
    private const int LeastMostSegments = 256;

    /// <summary>The most segments that are deleted at once.</summary>
    internal const int MostDeletions = 256;

    private readonly long _maxBytes = DefaultMaxBytes;
    private readonly TimeSpan _retention = TimeSpan.FromDays(DefaultRetentionDays);

    /// <summary>The most that the segments may take on the disk, in bytes; at least <see cref="LeastMaxBytes"/>.</summary>
    public long MaxBytes
    {
        get => _maxBytes;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, LeastMaxBytes);
            _maxBytes = value;
        }
    }

    /// <summary>How long a line is kept at least, unless the size limit costs it; at most an eighth longer. More than zero.</summary>
    public TimeSpan Retention
    {
        get => _retention;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value.Ticks, 0, nameof(value));
            _retention = value;
        }
    }

    /// <summary>How long to wait for the other writers before writing to a segment of one's own.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The most segments that a log keeps: 4096 by default. Writers that take turns need no more than some dozens, but each append of a writer
    /// that cannot is a segment.
    /// </summary>
    internal int MostSegments => (int)Math.Clamp(_maxBytes / BlocksOfASegment / BlockBytes, LeastMostSegments, int.MaxValue / 4);

    /// <summary>
    /// The most segments that a build looks at: as many as it needs to find <see cref="MostDeletions"/> to delete. Where it sees so many, there may be
    /// more. But those that have <see cref="MostSegments"/> above them are too many, whatever the others are.
    /// </summary>
    internal int MostListed => MostSegments + MostDeletions;

    internal long SegmentBytes => Math.Min(_maxBytes / SegmentsOfALog, MostSegmentBytes);

    /// <summary>Whether a segment takes further lines. One that says it was begun in the future would never become old.</summary>
    internal bool IsOpen(SegmentName segment, DateTime now) => segment.Begun <= now && now - segment.Begun < _retention / SegmentsOfALog;

    internal bool HasRoom(long length, int added) => length == 0 || length + added <= SegmentBytes;

    /// <summary>How many segments, counted from the oldest, have been kept for long enough.</summary>
    /// <remarks>
    /// One clock is not believed: it may be ahead, and what is deleted is gone. The time that counts is the time of the last segment which was begun
    /// a sixteenth of the retention ago. The next publish, days later, deletes what this one has kept too long.
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
            // Where a clock was wrong, the order of the numbers decides: a segment is at least as new as those before it.
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

    /// <summary>How many segments, counted from the oldest, must go for a new one that begins with so many bytes.</summary>
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

    /// <summary>Returns what a file takes of a disk: many small ones take more than their lengths say.</summary>
    internal static long OnDisk(long length) => (length + BlockBytes - 1) / BlockBytes * BlockBytes;
}

/// <summary>Reads how much the store may hold, and for how long.</summary>
public static class StoreLimits
{
    private const int BytesPerMebibyteShift = 20;

    private static readonly NumberSetting.Definition SizeLimit =
        new(Diagnostics.StoreSizeLimit, "ContainersTelemetryStoreSizeLimit", "MiB", 1, 65_536, (int)(SegmentedLogLimits.DefaultMaxBytes >> BytesPerMebibyteShift));

    private static readonly NumberSetting.Definition RetentionDays =
        new(Diagnostics.StoreRetention, "ContainersTelemetryStoreRetention", "days", 1, 3_650, SegmentedLogLimits.DefaultRetentionDays);

    /// <summary>Reads the limits from the properties of a project.</summary>
    /// <param name="sizeLimit">ContainersTelemetryStoreSizeLimit: MiB, 1 to 65536; empty for 64.</param>
    /// <param name="retention">ContainersTelemetryStoreRetention: days, 1 to 3650; empty for 90.</param>
    /// <param name="problems">Where CTEL0006 and CTEL0007 are added.</param>
    public static SegmentedLogLimits Read(string sizeLimit, string retention, ICollection<SettingProblem> problems) => new()
    {
        MaxBytes = (long)NumberSetting.Read(sizeLimit, SizeLimit, problems) << BytesPerMebibyteShift,
        Retention = TimeSpan.FromDays(NumberSetting.Read(retention, RetentionDays, problems)),
    };
}
