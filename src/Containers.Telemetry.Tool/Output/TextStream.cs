namespace Containers.Telemetry.Tool.Output;

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
