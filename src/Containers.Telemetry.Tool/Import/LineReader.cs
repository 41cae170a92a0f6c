namespace Containers.Telemetry.Tool.Import;

/// <summary>Reads lines of a stream in a fixed amount of memory, however long they are.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The longest line that is read, in bytes: room for the batches that a collector writes in one line.</summary>
    public const int MaxLineBytes = 16 << 20;

    private byte[] _buffer = new byte[256 << 10];
    private int _start;
    private int _end;
    private bool _isAtEnd;
    private bool _isInLongLine;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Reads the next line without its line end.</summary>
    /// <param name="line">Valid until the next call; of a line that is too long, its beginning.</param>
    /// <param name="isTooLong">Whether the line has more than <see cref="MaxLineBytes"/>. The rest of it is read with the next call.</param>
    /// <returns>False at the end of the stream.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        isTooLong = false;
        SkipLongLine();
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length, skipped: 1);
                return true;
            }

            if (_isAtEnd || _end - _start >= MaxLineBytes)
            {
                isTooLong = _isInLongLine = !_isAtEnd;
                line = _end > _start ? Take(_end - _start, skipped: 0) : default;
                return !line.IsEmpty || isTooLong;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private void SkipLongLine()
    {
        while (_isInLongLine)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            _start = length >= 0 ? _start + length + 1 : _end;
            _isInLongLine = length < 0 && !_isAtEnd;
            if (_isInLongLine)
            {
                Fill();
            }
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int skipped)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + skipped;
        LineNumber++;
        return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxLineBytes));
        }

        int count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _isAtEnd = count == 0;
        _end += count;
        Position += count;
    }
}
