namespace Containers.Telemetry.Store;

/// <summary>
/// Splits a stream into lines of any length, in a bounded amount of memory. The stream may grow: after <see cref="LinePart.None"/> or
/// <see cref="LinePart.Unfinished"/> the next call reads on.
/// </summary>
/// <param name="stream">The stream, which is read from its current position and stays open.</param>
/// <param name="maxLineBytes">The longest line that is read, in bytes, with its line feed.</param>
/// <param name="position">The current position of the stream, in bytes from its start.</param>
/// <param name="buffer">A buffer to begin with; it grows up to <paramref name="maxLineBytes"/>. Null for a new one.</param>
public sealed class LineReader(Stream stream, int maxLineBytes, long position = 0, byte[]? buffer = null)
{
    private const int SmallestBuffer = 256 << 10;
    private const byte LineFeed = (byte)'\n';

    private byte[] _buffer = buffer ?? new byte[Math.Min(SmallestBuffer, maxLineBytes)];
    private long _position = position;
    private int _start;
    private int _end;
    private long _longLineStart = -1;

    /// <summary>
    /// The end of the last line that was returned, in bytes from the start of the stream. Until the end of a too long line is found, the start of
    /// that line.
    /// </summary>
    public long Offset => _longLineStart >= 0 ? _longLineStart : _position + _start;

    /// <summary>Where the last line that was returned begins, in bytes from the start of the stream.</summary>
    public long LineStart { get; private set; }

    /// <param name="line">The line without its line feed; its beginning if it is too long, its text so far if unfinished. Valid until the next call.</param>
    /// <returns>What was read. A line is returned once as too long, as soon as it is; an unfinished line is returned again by the next call.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public LinePart Read(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = new ReadOnlySpan<byte>(_buffer, _start + searched, _end - _start - searched).IndexOf(LineFeed);
            if (length >= 0)
            {
                line = Take(searched + length, lineEnd: 1);
                if (_longLineStart < 0)
                {
                    return LinePart.Whole;
                }

                _longLineStart = -1;
                searched = 0;
                continue;
            }

            if (_longLineStart >= 0)
            {
                // The content of a too long line is not needed.
                _start = _end;
            }
            else if (_end - _start >= maxLineBytes)
            {
                line = Take(_end - _start, lineEnd: 0);
                _longLineStart = LineStart;
                return LinePart.TooLong;
            }

            searched = _end - _start;
            if (!Fill())
            {
                line = _buffer.AsSpan(_start, _end - _start);
                LineStart = _position + _start;
                return line.IsEmpty ? LinePart.None : LinePart.Unfinished;
            }
        }
    }

    /// <summary>Returns the last whole line again with the next call.</summary>
    public void PutBack() => _start = (int)(LineStart - _position);

    private ReadOnlySpan<byte> Take(int length, int lineEnd)
    {
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        LineStart = _position + _start;
        _start += length + lineEnd;
        return line;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _position += _start;
        _end -= _start;
        _start = 0;
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, maxLineBytes));
        }

        int count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}

/// <summary>The result of <see cref="LineReader.Read"/>.</summary>
public enum LinePart
{
    /// <summary>Nothing: the stream ends, or has no more data yet.</summary>
    None,

    /// <summary>A line that ends with a line feed.</summary>
    Whole,

    /// <summary>A line that is longer than can be read. The rest of it is skipped.</summary>
    TooLong,

    /// <summary>A line that the stream breaks off in.</summary>
    Unfinished,
}
