using System.Text.Json.Nodes;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;

namespace Containers.Telemetry.Tool.Documentation;

/// <summary>Writes the schema as a JSON Schema (2020-12) of one event in the form of <see cref="PreviewFormat.Json"/>.</summary>
public static class EventJsonSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Returns the document, indented.</summary>
    public static string Json()
    {
        var properties = new JsonObject { ["Event"] = new JsonObject { ["enum"] = ArrayOf(EventNames.All) } };
        foreach (EventField field in EventSchema.Fields)
        {
            properties[field.Name] = SchemaOf(field);
        }

        properties["Dimensions"] = SchemaOfDimensions();
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Containers.Telemetry event",
            ["x-schema-version"] = EventSchema.Version,
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = ArrayOf(["Event"]),
            ["additionalProperties"] = false,
        }.ToJsonString(Indented);
    }

    private static JsonObject SchemaOf(EventField field)
    {
        var schema = new JsonObject(TypeOf(field).Prepend(new("description", field.Description))) { ["x-kind"] = FieldKindText.NameOf(field.Kind) };
        if (field.Unit is not null)
        {
            schema["x-unit"] = field.Unit;
        }

        schema["x-opentelemetry-attribute"] = field.Attribute;
        if (field.SdkKey is not null)
        {
            schema["x-sdk-key"] = field.SdkKey;
        }

        schema["x-since"] = field.Since;
        return schema;
    }

    private static Dictionary<string, JsonNode?> TypeOf(EventField field) => field.Kind switch
    {
        FieldKind.Flag => new() { ["type"] = "boolean" },
        FieldKind.Count => new() { ["type"] = "integer", ["minimum"] = 0 },
        FieldKind.Choices or FieldKind.RuntimeIdentifiers => new() { ["type"] = "array", ["items"] = new JsonObject(TextOf(field.AllowedValues)) },
        FieldKind.Identifier => new() { ["type"] = "string", ["format"] = "uuid" },
        FieldKind.Timestamp => new() { ["type"] = "string", ["format"] = "date-time" },
        FieldKind.KeyedHash => new() { ["type"] = "string", ["pattern"] = "^[0-9a-f]{32}$" },
        _ => TextOf(field.AllowedValues),
    };

    private static Dictionary<string, JsonNode?> TextOf(string[] allowed) => allowed.Length == 0
        ? new() { ["type"] = "string" }
        : new() { ["type"] = "string", ["enum"] = ArrayOf(allowed) };

    // See Dimensions.IsName and Dimensions.IsValue.
    private static JsonObject SchemaOfDimensions() => new()
    {
        ["description"] = "Words that an organization adds to its events: dimensions that a project declares, and their values.",
        ["type"] = "object",
        ["maxProperties"] = Dimensions.MaxCount,
        ["propertyNames"] = new JsonObject { ["pattern"] = $"^[a-z][a-z0-9_]{{0,{Dimensions.MaxNameLength - 1}}}$" },
        ["additionalProperties"] = new JsonObject { ["type"] = "string", ["pattern"] = $"^[A-Za-z0-9._-]{{1,{Dimensions.MaxValueLength}}}$" },
    };

    private static JsonArray ArrayOf(string[] texts) => [.. texts.Select(static text => JsonValue.Create(text))];
}
