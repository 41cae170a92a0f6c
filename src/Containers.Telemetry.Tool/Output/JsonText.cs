using System.Buffers;
using Containers.Telemetry.Output;

namespace Containers.Telemetry.Tool.Output;

/// <summary>Results for scripts.</summary>
internal static class JsonText
{
    /// <summary>Writes one object in several lines.</summary>
    public static void Write(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        // All or nothing: a script cannot read the beginning of an object that an error has cut off.
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, HarmlessText.IndentedJson))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        using (Stream output = terminal.OpenOut())
        {
            output.Write(json.WrittenSpan);
        }

        terminal.Out.WriteLine();
    }
}
