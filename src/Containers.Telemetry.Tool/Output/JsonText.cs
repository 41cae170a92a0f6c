using System.Text.Json;
using Containers.Telemetry.Output;

namespace Containers.Telemetry.Tool.Output;

/// <summary>Results for scripts.</summary>
internal static class JsonText
{
    /// <summary>Writes one object in several lines.</summary>
    public static void Write(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, HarmlessText.IndentedJson))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        buffer.Position = 0;
        using var reader = new StreamReader(buffer);
        terminal.Out.WriteLine(reader.ReadToEnd());
    }

    /// <summary>Writes a moment in UTC, or null.</summary>
    public static void WriteMoment(this Utf8JsonWriter writer, string name, DateTimeOffset? moment)
    {
        if (moment is { } known)
        {
            writer.WriteString(name, known.UtcDateTime);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
