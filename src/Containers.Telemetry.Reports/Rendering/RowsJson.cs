using System.IO.Compression;
using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Rows;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Rendering;

/// <summary>
/// Writes <see cref="PublishRows"/> for the page that filters with them: their number, the axes with their values, the names of the numbers,
/// and the columns, compressed by gzip, in base64. Null for a report without them.
/// </summary>
internal static class RowsJson
{
    public static void Write(PublishRows? rows, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, HarmlessText.Json);
        if (rows is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("count", rows.Count);
        writer.WriteObjects("axes", rows.Axes, axis =>
        {
            writer.WriteString("id", axis.Id);
            writer.WriteStartArray("values");
            foreach (IReadOnlyList<string> texts in axis.Values)
            {
                writer.WriteTexts(texts);
            }

            writer.WriteEndArray();
        });
        writer.WriteTexts("numbers", rows.Numbers);
        writer.WriteBase64String("columns", Compress(rows.Columns.Span));
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }
}
