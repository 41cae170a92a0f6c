using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Waits for events as publishes store them.</summary>
/// <param name="folder">Full path of the folder of the events, which need not exist yet.</param>
/// <param name="events">Reads lines.</param>
/// <param name="clock">The time to wait by.</param>
/// <param name="skipped">Is called for each file that appears and that this user may not read.</param>
internal sealed class EventFollower(string folder, StoredEvents events, TimeProvider clock, Action skipped)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Events are told apart by their ids: a file may be written anew with lines that were shown.
    private readonly HashSet<Guid> _seen = [];
    private Dictionary<string, Position> _positions = new(StringComparer.Ordinal);

    /// <summary>Whether an event is seen for the first time. Those that are returned by <see cref="Follow"/> have passed this.</summary>
    public bool IsNew(StoredEvent stored) => stored.EventId is not { } id || _seen.Add(id);

    /// <summary>Passes over what is stored already.</summary>
    public void SkipPresent()
    {
        foreach (Segment segment in Segment.List(folder))
        {
            _positions[segment.Path] = new Position { Offset = segment.Length, LastWritten = segment.LastWritten };
            // A writer may be in the middle of the last line.
            ReadFrom(segment, Math.Max(0, segment.Length - SegmentReader.MaxLineBytes));
        }
    }

    /// <summary>Returns events as they come.</summary>
    /// <param name="isWatched">Says whether to go on.</param>
    /// <exception cref="StoreException">The store cannot be read any more.</exception>
    public IEnumerable<StoredEvent> Follow(Func<bool> isWatched)
    {
        while (isWatched())
        {
            foreach (StoredEvent stored in Read(Segment.List(folder)))
            {
                yield return stored;
            }

            Task.Delay(Interval, clock).Wait();
        }
    }

    /// <summary>Returns the events that were not there the last time.</summary>
    /// <param name="segments">All segments of the store; some may be gone by now.</param>
    /// <exception cref="StoreException">A segment cannot be read.</exception>
    internal IEnumerable<StoredEvent> Read(IReadOnlyList<Segment> segments)
    {
        // What is deleted is forgotten: another store in the same place may use its names.
        _positions = segments.Where(segment => _positions.ContainsKey(segment.Path)).ToDictionary(segment => segment.Path, segment => _positions[segment.Path], StringComparer.Ordinal);
        var lines = new List<byte[]>();
        foreach (Segment segment in segments)
        {
            Position? known = _positions.GetValueOrDefault(segment.Path);
            if (known is null || segment.Length != known.Offset || segment.LastWritten != known.LastWritten)
            {
                ReadOn(segment, known, lines);
            }
        }

        return lines.SelectMany(events.EventsOf).Where(IsNew);
    }

    // What has become shorter, or has another line where the last one was, is another file of the same name. It is read from its beginning:
    // its events are told from those that were seen by their ids.
    private void ReadOn(Segment segment, Position? known, List<byte[]> lines)
    {
        if (known is null || segment.Length < known.Offset)
        {
            lines.AddRange(ReadFrom(segment, 0));
        }
        else if (known.LastLine is not { } last)
        {
            lines.AddRange(ReadFrom(segment, known.Offset));
        }
        else if (ReadFrom(segment, known.LastLineOffset) is [var first, .. var added] && first.AsSpan().SequenceEqual(last))
        {
            lines.AddRange(added);
        }
        else
        {
            lines.AddRange(ReadFrom(segment, 0));
        }
    }

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

            _positions[segment.Path] = new Position { Offset = reader.Offset, LastLine = lines.LastOrDefault(), LastLineOffset = lastOffset, LastWritten = segment.LastWritten };
        }
        catch (StoreException e) when (e.IsGone)
        {
            // Deleted since the folder was listed: a purge, or a publish that makes room.
        }
        catch (StoreException e) when (e.Fault is StoreFault.AccessDenied)
        {
            // One that the superuser has left.
            if (!_positions.ContainsKey(segment.Path))
            {
                skipped();
            }

            _positions[segment.Path] = new Position { Offset = segment.Length, LastWritten = segment.LastWritten };
        }

        return lines;
    }

    /// <summary>How far a segment was read.</summary>
    private sealed class Position
    {
        /// <summary>Behind the last whole line.</summary>
        public required long Offset { get; init; }

        /// <summary>The last whole line that was read; null where there is none.</summary>
        public byte[]? LastLine { get; init; }

        public long LastLineOffset { get; init; }

        public required DateTime LastWritten { get; init; }
    }
}
