using System.Text;
using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Tool.Documentation;

/// <summary>Writes the schema as a JSON Schema (2020-12) of one event in the form of <see cref="PreviewFormat.Json"/>.</summary>
public static class EventJsonSchema
{
    /// <summary>Returns the document, indented.</summary>
    public static string Json()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("title", "Containers.Telemetry event");
            writer.WriteNumber("x-schema-version", EventSchema.Version);
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            writer.WriteStartObject("Event");
            WriteEnum(writer, EventNames.All);
            writer.WriteEndObject();
            foreach (EventField field in EventSchema.Fields)
            {
                WriteField(writer, field);
            }

            WriteDimensions(writer);
            writer.WriteEndObject();
            writer.WriteTexts("required", ["Event"]);
            writer.WriteBoolean("additionalProperties", false);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteField(Utf8JsonWriter writer, EventField field)
    {
        writer.WriteStartObject(field.Name);
        writer.WriteString("description", field.Description);
        WriteType(writer, field);
        writer.WriteString("x-kind", FieldKindText.NameOf(field.Kind));
        if (field.Unit is not null)
        {
            writer.WriteString("x-unit", field.Unit);
        }

        writer.WriteString("x-opentelemetry-attribute", field.Attribute);
        if (field.SdkKey is not null)
        {
            writer.WriteString("x-sdk-key", field.SdkKey);
        }

        writer.WriteString("x-since", field.Since);
        writer.WriteEndObject();
    }

    // See Dimensions.IsName and Dimensions.IsValue.
    private static void WriteDimensions(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("Dimensions");
        writer.WriteString("description", "What an organization adds to its events: dimensions that a project declares, and their values.");
        writer.WriteString("type", "object");
        writer.WriteNumber("maxProperties", Dimensions.MaxCount);
        writer.WriteStartObject("propertyNames");
        writer.WriteString("pattern", $"^[a-z][a-z0-9_]{{0,{Dimensions.MaxNameLength - 1}}}$");
        writer.WriteEndObject();
        writer.WriteStartObject("additionalProperties");
        writer.WriteString("type", "string");
        writer.WriteString("pattern", $"^[A-Za-z0-9._-]{{1,{Dimensions.MaxValueLength}}}$");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter writer, EventField field)
    {
        switch (field.Kind)
        {
            case FieldKind.Flag:
                writer.WriteString("type", "boolean");
                break;
            case FieldKind.Count:
                writer.WriteString("type", "integer");
                writer.WriteNumber("minimum", 0);
                break;
            case FieldKind.Choices or FieldKind.RuntimeIdentifiers:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                writer.WriteString("type", "string");
                WriteEnum(writer, field.AllowedValues);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("type", "string");
                WriteEnum(writer, field.AllowedValues);
                WriteFormat(writer, field.Kind);
                break;
        }
    }

    private static void WriteFormat(Utf8JsonWriter writer, FieldKind kind)
    {
        switch (kind)
        {
            case FieldKind.Identifier:
                writer.WriteString("format", "uuid");
                break;
            case FieldKind.Timestamp:
                writer.WriteString("format", "date-time");
                break;
            case FieldKind.KeyedHash:
                writer.WriteString("pattern", "^[0-9a-f]{32}$");
                break;
        }
    }

    private static void WriteEnum(Utf8JsonWriter writer, string[] values)
    {
        if (values.Length > 0)
        {
            writer.WriteTexts("enum", values);
        }
    }
}
