using Containers.Telemetry.Export;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Show;

/// <summary>Waits for events as publishes store them.</summary>
internal sealed class EventFollower(string folder, StoredEvents events, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);

    /// <summary>Passes over what is stored already.</summary>
    public void SkipPresent()
    {
        foreach (Segment segment in Segment.List(folder))
        {
            _offsets[segment.Path] = segment.Length;
        }
    }

    /// <summary>Returns events as they come, until the process is interrupted.</summary>
    public IEnumerable<StoredEvent> Follow(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            foreach (byte[] line in NewLines())
            {
                foreach (StoredEvent stored in events.EventsOf(line))
                {
                    yield return stored;
                }
            }

            Task.Delay(Interval, clock, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    private List<byte[]> NewLines()
    {
        var lines = new List<byte[]>();
        foreach (Segment segment in Segment.List(folder))
        {
            long offset = _offsets.GetValueOrDefault(segment.Path);
            if (segment.Length == offset)
            {
                continue;
            }

            try
            {
                using var reader = new SegmentReader(segment.Path, offset);
                while (reader.TryRead(out ReadOnlySpan<byte> line))
                {
                    lines.Add(line.ToArray());
                }

                _offsets[segment.Path] = reader.Offset;
            }
            catch (StoreException e) when (e.InnerException is FileNotFoundException)
            {
                // Deleted since the folder was listed: a purge, or a publish that makes room.
            }
        }

        return lines;
    }
}
