using Containers.Telemetry.Store;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Reads all lines of a log while others write to it, the oldest segment first, then those of the other files in its folder, compressed or not, as a
/// report does. Allocates one buffer, and nothing per line. Lines written after this object was created may be missing.
/// </summary>
public sealed class StoredLines : IDisposable
{
    private readonly byte[] _buffer = new byte[SegmentReader.MaxLineBytes];
    private readonly IReadOnlyList<Segment> _segments;
    private readonly List<string> _others;
    private SegmentReader? _reader;
    private int _next;
    private long _tornLines;
    private long _tooLongLines;

    /// <param name="folder">Full path of the log's folder; one that does not exist holds no lines.</param>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public StoredLines(string folder)
    {
        _segments = Segment.List(folder);
        _others = OtherFiles(folder);
    }

    /// <summary>The size of the files, in bytes, as they were listed.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (Segment segment in _segments)
            {
                bytes += segment.Length;
            }

            foreach (string other in _others)
            {
                bytes += OtlpFiles.LengthOf(other);
            }

            return bytes;
        }
    }

    /// <inheritdoc cref="SegmentReader.TornLines"/>
    public long TornLines => _tornLines + (_reader?.TornLines ?? 0);

    /// <inheritdoc cref="SegmentReader.TooLongLines"/>
    public long TooLongLines => _tooLongLines + (_reader?.TooLongLines ?? 0);

    /// <summary>The number of skipped files that this user may not read, such as one of root's.</summary>
    public long UnreadableSegments { get; private set; }

    /// <summary>Returns the next whole line without its line feed; false at the end.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <exception cref="StoreException">A segment cannot be read. The next call goes on with the next segment.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (_reader is not null || _next < _segments.Count + _others.Count)
        {
            _reader ??= OpenNext();
            if (_reader is not null && ReadFrom(_reader, out line))
            {
                return true;
            }
        }

        line = default;
        return false;
    }

    public void Dispose() => Close();

    /// <summary>Returns the files of a folder that a report reads and that no publish wrote, such as those that somebody copied there.</summary>
    /// <param name="folder">Full path.</param>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> OtherFilesIn(string folder)
    {
        Segment.RequireListing(folder);
        return OtherFiles(folder);
    }

    private static List<string> OtherFiles(string folder)
    {
        var others = new List<string>();
        foreach (string path in FilesIn(folder))
        {
            if (!Segment.IsIn(folder, path) && new FileInfo(path).LinkTarget is null && OtlpFiles.HasContent(path))
            {
                others.Add(path);
            }
        }

        return others;
    }

    private static IReadOnlyList<string> FilesIn(string folder)
    {
        try
        {
            return Directory.Exists(folder) ? OtlpFiles.In(folder, new List<UnreadableFile>()) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private SegmentReader? OpenNext()
    {
        bool isSegment = _next < _segments.Count;
        string path = isSegment ? _segments[_next].Path : _others[_next - _segments.Count];
        _next++;
        SegmentReader? reader = SegmentReader.TryOpen(path, 0, _buffer, out bool isDenied, isSegment ? null : SourceFile.Decode);
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
        catch (InvalidDataException)
        {
            // The rest of a compressed file is damaged, as the end of one that was copied while it was written.
            _tornLines++;
            line = default;
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
            _tornLines += reader.TornLines;
            _tooLongLines += reader.TooLongLines;
            _reader = null;
            reader.Dispose();
        }
    }
}
