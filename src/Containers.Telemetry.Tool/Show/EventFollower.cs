using Containers.Telemetry.Export;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Waits for events as publishes store them.</summary>
/// <param name="folder">Full path of the folder of the events, which need not exist yet.</param>
/// <param name="events">Knows the events that were shown already.</param>
/// <param name="clock">The time to wait by.</param>
/// <param name="skipped">Is called for each file that appears and that this user may not read.</param>
internal sealed class EventFollower(string folder, StoredEvents events, TimeProvider clock, Action skipped)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // Behind the last whole line that was read of each segment.
    private Dictionary<string, long> _offsets = new(StringComparer.Ordinal);

    /// <summary>Passes over what is stored already.</summary>
    public void SkipPresent()
    {
        foreach (Segment segment in Segment.List(folder))
        {
            _offsets[segment.Path] = segment.Length;
            // Somebody may be writing the last line just now.
            ReadFrom(segment, Math.Max(0, segment.Length - SegmentReader.MaxLineBytes), static _ => { });
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
        _offsets = segments.Where(segment => _offsets.ContainsKey(segment.Path)).ToDictionary(segment => segment.Path, segment => _offsets[segment.Path], StringComparer.Ordinal);
        var lines = new List<byte[]>();
        foreach (Segment segment in segments)
        {
            long offset = _offsets.GetValueOrDefault(segment.Path);
            if (segment.Length != offset)
            {
                // One that has become shorter is another: its events are told from those that were seen by their ids.
                ReadFrom(segment, segment.Length < offset ? 0 : offset, lines.Add);
            }
        }

        return lines.SelectMany(events.EventsOf);
    }

    private void ReadFrom(Segment segment, long offset, Action<byte[]> take)
    {
        try
        {
            using var reader = new SegmentReader(segment.Path, offset);
            while (reader.TryRead(out ReadOnlySpan<byte> line))
            {
                take(line.ToArray());
            }

            _offsets[segment.Path] = reader.Offset;
        }
        catch (StoreException e) when (e.IsGone)
        {
            // Deleted since the folder was listed: a purge, or a publish that makes room.
        }
        catch (StoreException e) when (e.Fault is StoreFault.AccessDenied)
        {
            // One that the superuser has left.
            if (!_offsets.ContainsKey(segment.Path))
            {
                skipped();
            }

            _offsets[segment.Path] = segment.Length;
        }
    }
}
