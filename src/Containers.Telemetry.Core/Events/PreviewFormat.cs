using Containers.Telemetry.Classification;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Output;

namespace Containers.Telemetry.Events;

public static class PreviewFormat
{
    /// <summary>Returns the event as lines of text: its name, then one field per line.</summary>
    public static IEnumerable<string> Lines(ContainerEvent containerEvent)
    {
        yield return "Containers.Telemetry preview: " + containerEvent.Name;
        foreach (KeyValuePair<EventField, object> value in containerEvent.Values)
        {
            yield return "  " + value.Key.Name + " = " + Format(value.Key, value.Value);
        }

        foreach (KeyValuePair<string, string> dimension in containerEvent.Dimensions)
        {
            yield return "  " + dimension.Key + " = " + dimension.Value;
        }
    }

    /// <summary>Returns the event as one JSON object on one line, without the line's end.</summary>
    public static string Json(ContainerEvent containerEvent)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, HarmlessText.Json))
        {
            writer.WriteStartObject();
            writer.WriteString("Event", containerEvent.Name);
            foreach (KeyValuePair<EventField, object> value in containerEvent.Values)
            {
                WriteValue(writer, value.Key, value.Value);
            }

            WriteDimensions(writer, containerEvent.Dimensions);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteDimensions(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, string>> dimensions)
    {
        if (dimensions.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("Dimensions");
        foreach (KeyValuePair<string, string> dimension in dimensions)
        {
            writer.WriteString(dimension.Key, dimension.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, EventField field, object value)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBoolean(field.Name, flag);
                break;
            case long number:
                writer.WriteNumber(field.Name, number);
                break;
            case string[] texts:
                writer.WriteStartArray(field.Name);
                foreach (string text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteString(field.Name, Format(field, value));
                break;
        }
    }

    private static string Format(EventField field, object value) => value switch
    {
        string text when field.Kind is FieldKind.TargetFramework => TargetFrameworks.Moniker(text),
        string text => text,
        string[] texts => string.Join(", ", texts),
        long number when field.Unit is { } unit => number.ToString(CultureInfo.InvariantCulture) + " " + unit,
        long number => number.ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => "",
    };
}
