using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <summary>Reads the lines of one segment while others write to it or delete it. Takes a fixed amount of memory.</summary>
public sealed class SegmentReader : IDisposable
{
    /// <summary>The longest line that is read, in bytes, with its line feed.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>Precedes the line feed of an unfinished line. JSON never contains this control character.</summary>
    public const byte Cancel = 0x18;

    private const byte LineFeed = (byte)'\n';

    // Empty for a segment without content.
    private readonly Stream _file;
    private readonly LineReader _reader;
    private long _tornLines;
    private bool _endsTorn;

    /// <param name="path">Full path of the segment.</param>
    /// <param name="offset">The start, in bytes: 0, or an <see cref="Offset"/> of an earlier reader of the same segment.</param>
    /// <param name="buffer">A buffer of <see cref="MaxLineBytes"/> to use; null for a new one.</param>
    /// <param name="decode">Returns the content of the open file; null where it is the file itself.</param>
    /// <exception cref="StoreException">The segment is gone or cannot be read.</exception>
    public SegmentReader(string path, long offset = 0, byte[]? buffer = null, Func<Stream, Stream>? decode = null)
    {
        try
        {
            _file = PlainFile.OpenRead(path) ?? Stream.Null;
            _file.Position = offset;
            _file = decode?.Invoke(_file) ?? _file;
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            _file?.Dispose();
            throw StoreException.From(e);
        }

        _reader = new LineReader(_file, MaxLineBytes, offset, buffer);
    }

    /// <summary>Opens a segment. Its writer may have deleted it since the folder was listed, and this user may be unable to read it.</summary>
    /// <param name="path">Full path of the segment.</param>
    /// <param name="offset">The start, in bytes: 0, or an <see cref="Offset"/> of an earlier reader of the same segment.</param>
    /// <param name="buffer">A buffer of <see cref="MaxLineBytes"/> to use.</param>
    /// <param name="isDenied">Whether this user may not read it.</param>
    /// <param name="decode">Returns the content of the open file; null where it is the file itself.</param>
    /// <returns>Null if it is gone or denied.</returns>
    /// <exception cref="StoreException">The segment cannot be read for another reason.</exception>
    public static SegmentReader? TryOpen(string path, long offset, byte[] buffer, out bool isDenied, Func<Stream, Stream>? decode = null)
    {
        isDenied = false;
        try
        {
            return new SegmentReader(path, offset, buffer, decode);
        }
        catch (StoreException e) when (e.IsGone || e.Fault is StoreFault.AccessDenied)
        {
            isDenied = !e.IsGone;
            return null;
        }
    }

    /// <summary>The position after the last whole line that was read or skipped, in bytes from the start of the segment.</summary>
    public long Offset => _reader.Offset;

    /// <summary>The number of lines that were read.</summary>
    public long Lines { get; private set; }

    /// <summary>The number of skipped lines whose writer was killed or is still writing.</summary>
    public long TornLines => _tornLines + (_endsTorn ? 1 : 0);

    /// <summary>The number of skipped lines that are too long.</summary>
    public long TooLongLines { get; private set; }

    /// <summary>Returns the next whole line without its line feed; false when there is none, or none yet.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <exception cref="StoreException">The segment cannot be read.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        _endsTorn = false;
        while (true)
        {
            switch (ReadPart(out line))
            {
                case LinePart.Whole when line is [.., Cancel]:
                    _tornLines++;
                    break;
                case LinePart.Whole when line.Length > 0:
                    Lines++;
                    return true;
                case LinePart.TooLong:
                    TooLongLines++;
                    break;
                case LinePart.None or LinePart.Unfinished:
                    _endsTorn = !line.IsEmpty;
                    line = default;
                    return false;
            }
        }
    }

    /// <summary>
    /// Copies the next whole lines, each with its line feed, as many as fit; a single line that is longer than the whole of
    /// <paramref name="destination"/> is skipped.
    /// </summary>
    /// <param name="lines">The lines copied.</param>
    /// <returns>The bytes copied; 0 when there is no whole line, or none yet.</returns>
    /// <exception cref="StoreException">The segment cannot be read.</exception>
    public int ReadBatch(Span<byte> destination, int maxLines, out int lines)
    {
        int copied = 0;
        lines = 0;
        while (lines < maxLines && TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.Length < destination.Length - copied)
            {
                line.CopyTo(destination[copied..]);
                copied += line.Length;
                destination[copied++] = LineFeed;
                lines++;
                continue;
            }

            Lines--;
            if (copied > 0)
            {
                // The first line of the next batch.
                _reader.PutBack();
                break;
            }

            TooLongLines++;
        }

        return copied;
    }

    public void Dispose() => _file.Dispose();

    private LinePart ReadPart(out ReadOnlySpan<byte> line)
    {
        try
        {
            return _reader.Read(out line);
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            throw StoreException.From(e);
        }
    }
}
