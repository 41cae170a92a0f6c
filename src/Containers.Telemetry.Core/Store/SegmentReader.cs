using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <summary>Reads the lines of one segment while others write to it or delete it. Takes a fixed amount of memory, whatever the file holds.</summary>
public sealed class SegmentReader : IDisposable
{
    /// <summary>The longest line that is read, in bytes, with its line feed.</summary>
    public const int MaxLineBytes = 1 << 20;

    /// <summary>Stands before the line feed of a line that its writer could not finish. JSON never holds this control character.</summary>
    public const byte Cancel = 0x18;

    private const byte LineFeed = (byte)'\n';

    // Null for a segment that has nothing to read.
    private readonly FileStream? _file;
    private readonly byte[] _buffer;
    private long _position;
    private int _start;
    private int _end;
    private long _tooLongAt = -1;
    private long _tornLines;
    private bool _endsTorn;

    /// <param name="path">Full path of the segment.</param>
    /// <param name="offset">Where to begin, in bytes: 0, or an <see cref="Offset"/> of an earlier reader of the same segment.</param>
    /// <exception cref="StoreException">The segment is gone or cannot be read.</exception>
    public SegmentReader(string path, long offset = 0)
        : this(path, offset, new byte[MaxLineBytes])
    {
    }

    internal SegmentReader(string path, long offset, byte[] buffer)
    {
        _buffer = buffer;
        _position = offset;
        try
        {
            _file = PlainFile.OpenRead(path);
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            throw StoreException.From(e);
        }
    }

    /// <summary>Behind the last whole line that was read or skipped, in bytes from the start of the segment.</summary>
    public long Offset => _tooLongAt >= 0 ? _tooLongAt : _position + _start;

    /// <summary>How many lines have been read.</summary>
    public long Lines { get; private set; }

    /// <summary>How many lines have been skipped that their writer did not finish, because it was killed or is still at it.</summary>
    public long TornLines => _tornLines + (_endsTorn ? 1 : 0);

    /// <summary>How many lines have been skipped that are longer than can be read.</summary>
    public long TooLongLines { get; private set; }

    /// <summary>Returns the next whole line without its line feed; false when there is none, or none yet.</summary>
    /// <param name="line">Valid until the next call.</param>
    /// <exception cref="StoreException">The segment cannot be read.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        _endsTorn = false;
        while (true)
        {
            ReadOnlySpan<byte> unread = _buffer.AsSpan(_start, _end - _start);
            int length = unread.IndexOf(LineFeed);
            if (length < 0)
            {
                if (Fill())
                {
                    continue;
                }

                _endsTorn = _end > _start && _tooLongAt < 0;
                line = default;
                return false;
            }

            _start += length + 1;
            if (_tooLongAt >= 0)
            {
                _tooLongAt = -1;
            }
            else if (length > 0 && unread[length - 1] == Cancel)
            {
                _tornLines++;
            }
            else if (length > 0)
            {
                Lines++;
                line = unread[..length];
                return true;
            }
        }
    }

    /// <summary>
    /// Copies the next whole lines, each with its line feed, as many as fit; a single line that is longer than the whole of
    /// <paramref name="destination"/> is skipped.
    /// </summary>
    /// <param name="destination">Where to copy the lines to.</param>
    /// <param name="maxLines">The most lines to copy.</param>
    /// <param name="lines">The lines copied.</param>
    /// <returns>The bytes copied; 0 when there is no whole line, or none yet.</returns>
    /// <exception cref="StoreException">The segment cannot be read.</exception>
    public int ReadBatch(Span<byte> destination, int maxLines, out int lines)
    {
        int copied = 0;
        lines = 0;
        while (lines < maxLines && TryRead(out ReadOnlySpan<byte> line))
        {
            int length = line.Length + 1;
            if (length <= destination.Length - copied)
            {
                _buffer.AsSpan(_start - length, length).CopyTo(destination[copied..]);
                copied += length;
                lines++;
            }
            else if (copied > 0)
            {
                // The first line of the next batch. It stands in the buffer still.
                _start -= length;
                Lines--;
                break;
            }
            else
            {
                Lines--;
                TooLongLines++;
            }
        }

        return copied;
    }

    public void Dispose() => _file?.Dispose();

    // Reads on behind the bytes at hand. The buffer holds at most one line that has no end yet.
    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _position += _start;
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            if (_tooLongAt < 0)
            {
                _tooLongAt = _position;
                TooLongLines++;
            }

            _position += _end;
            _end = 0;
        }

        try
        {
            int read = _file is null ? 0 : RandomAccess.Read(_file.SafeFileHandle, _buffer.AsSpan(_end), _position + _end);
            _end += read;

            return read > 0;
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            throw StoreException.From(e);
        }
    }
}
