namespace Containers.Telemetry.Tool.Import;

/// <summary>A stream whose beginning was read already, to detect its format. Works for pipes, too, which cannot be rewound.</summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream _rest;
    private ReadOnlyMemory<byte> _start;

    private PeekedStream(Stream rest, ReadOnlyMemory<byte> start) => (_rest, _start) = (rest, start);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads the beginning of a stream, and returns a stream of all of it.</summary>
    /// <param name="stream">The stream. It stays open.</param>
    /// <param name="length">The number of bytes to look at.</param>
    /// <param name="start">The first bytes; fewer at the end.</param>
    public static PeekedStream Open(Stream stream, int length, out byte[] start)
    {
        start = new byte[length];
        int count = stream.ReadAtLeast(start, length, throwOnEndOfStream: false);
        Array.Resize(ref start, count);
        return new PeekedStream(stream, start);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start.IsEmpty)
        {
            return _rest.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _start.Length);
        _start.Span[..count].CopyTo(buffer);
        _start = _start[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
