using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Deletes lines of a log, all or those before a moment. In the log of an outbox, only lines that wait to be sent.</summary>
internal sealed class StorePurge(string folder, TimeProvider clock, UserFolder kind = UserFolder.Events)
{
    private readonly SegmentedLog _log = new(folder, new SegmentedLogLimits(), clock, kind);

    /// <summary>The number of remaining files that this user may not read.</summary>
    public long UnreadableFiles { get; private set; }

    /// <summary>Returns the number of lines that are older.</summary>
    /// <param name="before">The moment; null for all lines.</param>
    /// <exception cref="StoreException">The log cannot be read.</exception>
    public long Count(DateTimeOffset? before)
    {
        long count = 0;
        StoreFolder.Require(folder);
        using OutboxProgress? sent = kind is UserFolder.Outbox ? OutboxProgress.Read(folder) : null;
        byte[] buffer = new byte[SegmentReader.MaxLineBytes];
        foreach (Segment segment in Segment.List(folder))
        {
            using SegmentReader? reader = SegmentReader.TryOpen(segment.Path, sent?.OffsetIn(segment) ?? 0, buffer, out bool isDenied);
            UnreadableFiles += isDenied ? 1 : 0;
            while (reader is not null && reader.TryRead(out ReadOnlySpan<byte> line))
            {
                count += IsOlder(line, before) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Deletes the lines that are older. Events that others write at the same time are kept.</summary>
    /// <returns>The number of lines deleted.</returns>
    /// <exception cref="StoreException">The log cannot be read or written.</exception>
    public long Delete(DateTimeOffset? before)
    {
        IReadOnlyList<Segment> segments = Segment.List(folder);
        if (kind is not UserFolder.Outbox || segments.Count == 0)
        {
            return DeleteFrom(segments, sent: null, before);
        }

        using OutboxProgress? sent = OutboxProgress.TryTakeTurn(folder);
        if (sent is null)
        {
            return 0;
        }

        long deleted = DeleteFrom(Segment.List(folder), sent, before);
        sent.ForgetDeleted();
        return deleted;
    }

    private long DeleteFrom(IReadOnlyList<Segment> segments, OutboxProgress? sent, DateTimeOffset? before) =>
        segments.Sum(segment => _log.DeleteLines(segment, line => IsOlder(line, before), sent?.OffsetIn(segment) ?? 0));

    private static bool IsOlder(ReadOnlySpan<byte> line, DateTimeOffset? before) => before is not { } moment || OtlpLogReader.FindTime(line) < moment;
}
