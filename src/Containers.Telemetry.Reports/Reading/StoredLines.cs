using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Reads all lines of a log, the oldest segment first, while others write to it. Allocates one buffer, and nothing per line. Lines written after this
/// object was created may be missing.
/// </summary>
public sealed class StoredLines : IDisposable
{
    private readonly byte[] _buffer = new byte[SegmentReader.MaxLineBytes];
    private readonly IReadOnlyList<Segment> _segments;
    private SegmentReader? _reader;
    private int _next;
    private long _lines;
    private long _tornLines;
    private long _tooLongLines;

    /// <param name="folder">Full path of the log's folder; one that does not exist holds no lines.</param>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public StoredLines(string folder) => _segments = Segment.List(folder);

    /// <summary>The size of the segments, in bytes, as they were listed.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (Segment segment in _segments)
            {
                bytes += segment.Length;
            }

            return bytes;
        }
    }

    /// <inheritdoc cref="SegmentReader.Lines"/>
    public long Lines => _lines + (_reader?.Lines ?? 0);

    /// <inheritdoc cref="SegmentReader.TornLines"/>
    public long TornLines => _tornLines + (_reader?.TornLines ?? 0);

    /// <inheritdoc cref="SegmentReader.TooLongLines"/>
    public long TooLongLines => _tooLongLines + (_reader?.TooLongLines ?? 0);

    /// <summary>The number of skipped segments that this user may not read, such as one of root's.</summary>
    public long UnreadableSegments { get; private set; }

    /// <summary>Returns the next whole line without its line feed; false at the end.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <exception cref="StoreException">A segment cannot be read. The next call goes on with the next segment.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (_reader is not null || _next < _segments.Count)
        {
            _reader ??= Open(_segments[_next++]);
            if (_reader is not null && ReadFrom(_reader, out line))
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    public void Dispose() => Close();

    private SegmentReader? Open(Segment segment)
    {
        SegmentReader? reader = SegmentReader.TryOpen(segment.Path, 0, _buffer, out bool isDenied);
        UnreadableSegments += isDenied ? 1 : 0;
        return reader;
    }

    private bool ReadFrom(SegmentReader reader, out ReadOnlySpan<byte> line)
    {
        bool hasLine = false;
        try
        {
            hasLine = reader.TryRead(out line);
        }
        finally
        {
            if (!hasLine)
            {
                Close();
            }
        }

        return hasLine;
    }

    private void Close()
    {
        if (_reader is { } reader)
        {
            _lines += reader.Lines;
            _tornLines += reader.TornLines;
            _tooLongLines += reader.TooLongLines;
            _reader = null;
            reader.Dispose();
        }
    }
}
