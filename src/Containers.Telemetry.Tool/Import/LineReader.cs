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

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Reads the next line without its line end.</summary>
    /// <param name="line">Valid until the next call; empty for a line that is too long.</param>
    /// <param name="isTooLong">Whether the line has more than <see cref="MaxLineBytes"/>.</param>
    /// <returns>False at the end of the stream.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> line, out bool isTooLong)
    {
        isTooLong = false;
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length, skipped: 1, isTooLong);
                return true;
            }

            if (_isAtEnd)
            {
                int rest = _end - _start;
                line = Take(rest, skipped: 0, isTooLong);
                LineNumber -= rest == 0 && !isTooLong ? 1 : 0;
                return rest > 0 || isTooLong;
            }

            if (_end - _start >= MaxLineBytes)
            {
                isTooLong = true;
                _start = _end;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int skipped, bool isTooLong)
    {
        ReadOnlyMemory<byte> line = isTooLong ? default : _buffer.AsMemory(_start, length);
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
