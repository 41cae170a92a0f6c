using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Datasets;

/// <summary>Writes a dataset as JSON, for programs and for the archive, and reads it back.</summary>
/// <remarks>
/// <code>
/// {
///   "version": 1, "quarter": "2026Q3", "unfinished": false, "epsilon": 1, "delta": 1E-06,
///   "rowsOfUser": 4, "publishesOfUserInRow": 4, "noise": 98, "threshold": 640,
///   "columns": [ "Timestamp", "Geography", … ],
///   "rows": [ { "values": [ "2026-08", "DE", … ], "occurrences": 712 } ]
/// }
/// </code>
/// </remarks>
public static class DatasetJson
{
    private const int Version = 1;

    /// <summary>Writes a dataset and a line feed.</summary>
    public static void Write(DatasetRelease release, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, HarmlessText.IndentedJson))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteString("quarter", release.Quarter.ToString());
            writer.WriteBoolean("unfinished", release.IsUnfinished);
            writer.WriteNumber("epsilon", release.Budget.Epsilon);
            writer.WriteNumber("delta", release.Budget.Delta);
            writer.WriteNumber("rowsOfUser", release.RowsOfUser);
            writer.WriteNumber("publishesOfUserInRow", release.PublishesOfUserInRow);
            writer.WriteNumber("noise", release.Noise);
            writer.WriteNumber("threshold", release.Threshold);
            writer.WriteTexts("columns", ColumnsOfValues);
            writer.WriteObjects("rows", release.Rows, row =>
            {
                writer.WriteTexts("values", row.Values);
                writer.WriteNumber("occurrences", row.Occurrences);
            });
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Reads a dataset; null for anything else.</summary>
    public static DatasetRelease? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return root.GetProperty("version").GetInt32() == Version && Quarter.TryParse(root.GetProperty("quarter").GetString() ?? "", out Quarter quarter)
                ? new DatasetRelease
                {
                    Quarter = quarter,
                    IsUnfinished = root.GetProperty("unfinished").GetBoolean(),
                    Budget = new PrivacyBudget(root.GetProperty("epsilon").GetDouble(), root.GetProperty("delta").GetDouble()),
                    RowsOfUser = root.GetProperty("rowsOfUser").GetInt32(),
                    PublishesOfUserInRow = root.GetProperty("publishesOfUserInRow").GetInt32(),
                    Noise = root.GetProperty("noise").GetInt64(),
                    Threshold = root.GetProperty("threshold").GetInt64(),
                    Rows = [.. root.GetProperty("rows").EnumerateArray().Select(ReadRow)],
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<string> ColumnsOfValues =>
        DatasetColumns.InFile.Where(static (_, index) => index is not (1 or 2)).Select(static column => column.Id);

    private static DatasetRow ReadRow(JsonElement row)
    {
        string[] values = [.. row.GetProperty("values").EnumerateArray().Select(static value => value.GetString() ?? "")];
        return values.Length == ColumnsOfValues.Count()
            ? new DatasetRow(values, row.GetProperty("occurrences").GetInt64())
            : throw new FormatException("The row has another number of values.");
    }
}
