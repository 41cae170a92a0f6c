namespace Containers.Telemetry.Tool.Output;

/// <summary>A write-only, unbuffered stream.</summary>
internal abstract class OutputStream : Stream
{
    public sealed override bool CanRead => false;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => true;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override void Write(ReadOnlySpan<byte> buffer);

    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public sealed override void Flush()
    {
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Decodes UTF-8 for a text writer, in a fixed amount of memory.</summary>
internal sealed class TextStream(TextWriter output) : OutputStream
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly char[] _characters = new char[4096];

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            _decoder.Convert(buffer, _characters, flush: false, out int bytesRead, out int charactersRead, out _);
            output.Write(_characters, 0, charactersRead);
            buffer = buffer[bytesRead..];
        }
    }
}

/// <summary>The standard output. Its errors are distinguished from those of files.</summary>
internal sealed class ResultStream(Stream output) : OutputStream
{
    /// <exception cref="ToolException">The output cannot be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            output.Write(buffer);
        }
        catch (UnauthorizedAccessException)
        {
            throw ToolException.Failure("The output cannot be written: standard output is closed, or open for reading only. Send it to a file or a program.");
        }
        catch (IOException e)
        {
            throw ToolException.Failure($"The output cannot be written: {e.Message.TrimEnd('.')}. Send it to another file or program.");
        }
    }
}
