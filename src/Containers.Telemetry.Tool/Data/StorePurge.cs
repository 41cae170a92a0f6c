using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Deletes lines of a log, all of them or those before a moment.</summary>
internal sealed class StorePurge(string folder, TimeProvider clock, UserFolder kind = UserFolder.Events)
{
    // The rewritten lines must not push out other events.
    private readonly SegmentedLog _log = new(folder, new SegmentedLogLimits { MaxBytes = long.MaxValue / 2, Retention = TimeSpan.FromDays(36500) }, clock, kind);

    /// <summary>The number of remaining files that this user may not read.</summary>
    public long UnreadableFiles { get; private set; }

    /// <summary>Returns the number of lines that are older.</summary>
    /// <param name="before">The moment; null for all lines.</param>
    /// <exception cref="StoreException">The log cannot be read.</exception>
    public long Count(DateTimeOffset? before)
    {
        long count = 0;
        StoreFolder.Require(folder);
        using var lines = new StoredLines(folder);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            count += IsOlder(line, before) ? 1 : 0;
        }

        UnreadableFiles = lines.UnreadableSegments;
        return count;
    }

    /// <summary>Deletes the lines that are older. Events that others write at the same time are kept.</summary>
    /// <returns>The number of lines deleted.</returns>
    /// <exception cref="StoreException">The log cannot be read or written.</exception>
    public long Delete(DateTimeOffset? before) => Segment.List(folder).Sum(segment => DeleteFrom(segment, before));

    private long DeleteFrom(Segment segment, DateTimeOffset? before)
    {
        long older = 0;
        using var kept = new MemoryStream();
        using (SegmentReader? reader = Open(segment))
        {
            if (reader is null)
            {
                return 0;
            }

            bool isWhole = true;
            while (reader.TryRead(out ReadOnlySpan<byte> line))
            {
                if (IsOlder(line, before))
                {
                    older++;
                }
                else
                {
                    kept.Write(line);
                    kept.WriteByte((byte)'\n');
                    isWhole = false;
                }
            }

            if (older == 0 && !isWhole)
            {
                return 0;
            }

            // Rewritten before the segment is deleted: after a crash in between, events are duplicates, which readers count once, and none is lost.
            LineBatches.Append(kept, SegmentedLog.MaxAppendBytes, batch => _log.Append(batch));
            return _log.TryDelete(segment, reader.Offset) ? older : 0;
        }
    }

    // Null for segments that Count has found unreadable, and for those that others have deleted meanwhile.
    private static SegmentReader? Open(Segment segment)
    {
        try
        {
            return new SegmentReader(segment.Path);
        }
        catch (StoreException e) when (e.IsGone || e.Fault is StoreFault.AccessDenied)
        {
            return null;
        }
    }

    // A line without a time is only deleted with all others.
    private static bool IsOlder(ReadOnlySpan<byte> line, DateTimeOffset? before) => before is not { } moment || OtlpLogReader.FindTime(line) < moment;
}
