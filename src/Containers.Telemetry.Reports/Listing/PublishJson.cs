using Containers.Telemetry.Output;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Listing;

/// <summary>Writes publishes as JSON lines: one object each, with the names of the fields, without the fields that a publish does not have.</summary>
public static class PublishJson
{
    public static void WriteLine(Stream output, PublishEntry entry, IReadOnlyList<ReportField> fields)
    {
        using (var writer = new Utf8JsonWriter(output, HarmlessText.Json))
        {
            writer.WriteStartObject();
            writer.WriteString("PublishId", entry.Id);
            writer.WriteString("Time", entry.Time.UtcDateTime);
            writer.WriteString("Outcome", entry.Outcome);
            for (int i = 0; i < fields.Count; i++)
            {
                Write(writer, fields[i], entry.Values[i]);
            }

            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter writer, ReportField field, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long number:
                writer.WriteNumber(field.Name, number);
                break;
            case string[] texts:
                writer.WriteTexts(field.Name, texts);
                break;
            case "true" or "false" when field.IsFlag:
                writer.WriteBoolean(field.Name, value is "true");
                break;
            default:
                writer.WriteString(field.Name, (string)value);
                break;
        }
    }
}
