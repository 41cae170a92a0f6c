namespace Containers.Telemetry.Tool.Output;

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
