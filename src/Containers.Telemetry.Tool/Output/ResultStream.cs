namespace Containers.Telemetry.Tool.Output;

/// <summary>The standard output. What goes wrong with it is told from what goes wrong with files.</summary>
internal sealed class ResultStream(Stream output) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="ToolException">The output takes nothing.</exception>
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

    /// <exception cref="ToolException">The output takes nothing.</exception>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // The console keeps nothing back.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
