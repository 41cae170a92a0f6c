using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Export;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Show;

/// <summary>An event as a script reads it: one object a line, its fields under the names of docs/collected-data.md, times in UTC.</summary>
internal sealed class EventJson(Terminal terminal)
{
    public void Write(StoredEvent stored) => JsonText.WriteLine(terminal, writer => Write(writer, stored));

    private static void Write(Utf8JsonWriter writer, StoredEvent stored)
    {
        writer.WriteString("Event", stored.Event.Name);
        writer.WriteMoment(DetailFields.Time.Name, stored.Time);
        foreach (KeyValuePair<EventField, object> value in stored.Event.Values)
        {
            if (!ReferenceEquals(value.Key, DetailFields.Time))
            {
                writer.WritePropertyName(value.Key.Name);
                WriteValue(writer, value.Key, value.Value);
            }
        }

        if (stored.Event.Dimensions.Count > 0)
        {
            writer.WriteStartObject("Dimensions");
            foreach (KeyValuePair<string, string> dimension in stored.Event.Dimensions)
            {
                writer.WriteString(dimension.Key, dimension.Value);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, EventField field, object value)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case string[] texts:
                writer.WriteStartArray();
                Array.ForEach(texts, writer.WriteStringValue);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(field.Kind is FieldKind.TargetFramework ? "net" + value : (string)value);
                break;
        }
    }
}
