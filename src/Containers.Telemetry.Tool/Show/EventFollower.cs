using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Returns events as publishes store them.</summary>
/// <param name="folder">Full path of the folder of the events, which need not exist yet.</param>
/// <param name="skipped">Called for each new file that this user may not read.</param>
internal sealed class EventFollower(string folder, StoredEvents events, Action skipped)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Events are identified by their ids, since a file may be rewritten with lines that were shown.
    private readonly HashSet<Guid> _seen = [];
    private Dictionary<string, Position> _positions = new(StringComparer.Ordinal);

    /// <summary>Whether an event is new. <see cref="Follow"/> returns only such events.</summary>
    public bool IsNew(StoredEvent stored) => stored.EventId is not { } id || _seen.Add(id);

    public void SkipPresent()
    {
        foreach (Segment segment in Segment.List(folder))
        {
            _positions[segment.Path] = new Position { Offset = segment.Length, LastWritten = segment.LastWritten };
            // A writer may be in the middle of the last line.
            ReadFrom(segment, Math.Max(0, segment.Length - SegmentReader.MaxLineBytes));
        }
    }

    /// <summary>Returns events as they are stored.</summary>
    /// <param name="watcher">Says whether to go on.</param>
    /// <exception cref="StoreException">The store cannot be read any more.</exception>
    public IEnumerable<StoredEvent> Follow(Watcher watcher)
    {
        do
        {
            foreach (StoredEvent stored in Read(Segment.List(folder)))
            {
                yield return stored;
            }
        }
        while (watcher.Wait(Interval));
    }

    /// <summary>Returns the events since the last call.</summary>
    /// <param name="segments">All segments of the store; some may be gone by now.</param>
    /// <exception cref="StoreException">A segment cannot be read.</exception>
    internal IEnumerable<StoredEvent> Read(IReadOnlyList<Segment> segments)
    {
        // Forget deleted segments: another store in the same place may reuse their names.
        _positions = segments.Where(segment => _positions.ContainsKey(segment.Path))
            .ToDictionary(segment => segment.Path, segment => _positions[segment.Path], StringComparer.Ordinal);
        var lines = new List<byte[]>();
        foreach (Segment segment in segments)
        {
            Position? known = _positions.GetValueOrDefault(segment.Path);
            if (known is null || segment.Length != known.Offset || segment.LastWritten != known.LastWritten)
            {
                lines.AddRange(ReadOn(segment, known));
            }
        }

        return lines.SelectMany(events.EventsOf).Where(IsNew);
    }

    // A segment that became shorter, or has another line in the last position, is another file of the same name. Read it from its beginning: ids
    // identify the events that were shown.
    private List<byte[]> ReadOn(Segment segment, Position? known) =>
        known is null || segment.Length < known.Offset ? ReadFrom(segment, 0)
        : known.LastLine is not { } last ? ReadFrom(segment, known.Offset)
        : ReadFrom(segment, known.LastLineOffset) is [var first, .. var added] && first.AsSpan().SequenceEqual(last) ? added
        : ReadFrom(segment, 0);

    private List<byte[]> ReadFrom(Segment segment, long offset)
    {
        var lines = new List<byte[]>();
        try
        {
            long lastOffset = offset;
            using var reader = new SegmentReader(segment.Path, offset);
            while (reader.TryRead(out ReadOnlySpan<byte> line))
            {
                lines.Add(line.ToArray());
                lastOffset = reader.Offset - line.Length - 1;
            }

            _positions[segment.Path] = new Position
            {
                Offset = reader.Offset,
                LastLine = lines.LastOrDefault(),
                LastLineOffset = lastOffset,
                LastWritten = segment.LastWritten,
            };
        }
        catch (StoreException e) when (e.IsGone)
        {
            // Deleted since the folder was listed: a purge, or a publish that makes room.
        }
        catch (StoreException e) when (e.Fault is StoreFault.AccessDenied)
        {
            // Such as one that root has created.
            if (!_positions.ContainsKey(segment.Path))
            {
                skipped();
            }

            _positions[segment.Path] = new Position { Offset = segment.Length, LastWritten = segment.LastWritten };
        }

        return lines;
    }

    /// <summary>The progress in a segment.</summary>
    private sealed class Position
    {
        /// <summary>The position after the last whole line.</summary>
        public required long Offset { get; init; }

        /// <summary>The last whole line that was read; null where there is none.</summary>
        public byte[]? LastLine { get; init; }

        public long LastLineOffset { get; init; }

        public required DateTime LastWritten { get; init; }
    }
}
