using System.Text.Json;
using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Cube;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>
/// Writes a <see cref="PublishCube"/> for the page that filters with it: <c>axes</c> with their values, and all cells as one list of numbers,
/// for each cell the positions on the axes, then successes, failures and cancellations.
/// </summary>
internal static class CubeJson
{
    public static void Write(PublishCube? cube, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, HarmlessText.Json);
        if (cube is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("axes");
        foreach (CubeAxis axis in cube.Axes)
        {
            writer.WriteStartObject();
            writer.WriteString("id", axis.Id);
            writer.WriteStartArray("values");
            foreach (IReadOnlyList<string> texts in axis.Values)
            {
                WriteTexts(writer, texts);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WritePropertyName("leftOut");
        WriteTexts(writer, cube.LeftOut);
        writer.WriteStartArray("cells");
        foreach (CubeCell cell in cube.Cells)
        {
            foreach (int position in cell.Positions)
            {
                writer.WriteNumberValue(position);
            }

            writer.WriteNumberValue(cell.Succeeded);
            writer.WriteNumberValue(cell.Failed);
            writer.WriteNumberValue(cell.Canceled);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
