namespace Containers.Telemetry.Reports.Tables;

/// <summary>Writes the values of results in JSON that <see cref="Utf8JsonWriter"/> has no method for.</summary>
public static class JsonValues
{
    /// <summary>Writes a property whose value is an array of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WritePropertyName(name);
        writer.WriteTexts(texts);
    }

    public static void WriteTexts(this Utf8JsonWriter writer, IEnumerable<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a property whose value is an array of objects.</summary>
    /// <param name="items">An item for each object.</param>
    /// <param name="writeMembers">Writes the members of an item's object.</param>
    public static void WriteObjects<T>(this Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> writeMembers)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            writeMembers(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
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
