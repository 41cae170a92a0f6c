using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>
/// A publish as docs/event-format.md describes it. DuckDB joins the raw lines with a query that was written from that page and shares no code with
/// the product.
/// </summary>
internal sealed class DocumentedPublish
{
    private const string Query = """
        CREATE MACRO elements(list) AS from_json(list, '["JSON"]');
        CREATE MACRO fields(attributes) AS
            map_from_entries(list_transform(from_json(attributes, '[{"key":"VARCHAR","value":"JSON"}]'), lambda a: (a.key, a.value)));

        WITH
        resource AS (SELECT unnest(elements(json -> 'resourceLogs')) AS r FROM read_ndjson_objects(?)),
        scope AS (SELECT r, unnest(elements(r -> 'scopeLogs')) AS s FROM resource),
        record AS (SELECT r, unnest(elements(s -> 'logRecords')) AS l FROM scope),
        delivered AS (
            SELECT CASE l ->> 'eventName'
                       WHEN 'containers_telemetry.inference' THEN 'inference' WHEN 'sdk/container/inference' THEN 'inference'
                       WHEN 'containers_telemetry.publish.success' THEN 'outcome' WHEN 'sdk/container/publish/success' THEN 'outcome'
                       WHEN 'containers_telemetry.publish.error' THEN 'outcome' WHEN 'sdk/container/publish/error' THEN 'outcome'
                   END AS name,
                   (l ->> 'timeUnixNano')::HUGEINT AS time,
                   map_concat(fields(r -> 'resource' -> 'attributes'), fields(l -> 'attributes')) AS fields,
                   fields['log.record.uid'] ->> 'stringValue' AS uid,
                   fields['containers_telemetry.publish.id'] ->> 'stringValue' AS publish,
                   coalesce((fields['containers_telemetry.publish.end'] -> 'boolValue')::VARCHAR = 'true', false) AS ends
            FROM record),
        event AS (
            SELECT DISTINCT ON (uid) *, printf('%030d', time) || uid AS place
            FROM delivered
            WHERE name IS NOT NULL),
        publish AS (
            SELECT arg_min(fields, place) FILTER (name = 'inference') AS inference,
                   arg_min(fields, place) FILTER (ends) AS outcome,
                   arg_min(fields, place) FILTER (name = 'outcome') AS image,
                   arg_min(time, place) FILTER (ends) AS ended,
                   max(time) AS latest
            FROM event GROUP BY publish)
        SELECT coalesce(ended, latest)::VARCHAR,
               outcome IS NOT NULL,
               to_json(coalesce(map_concat(inference, outcome), outcome, inference, image))::VARCHAR
        FROM publish;
        """;

    private readonly Dictionary<string, JsonElement> _fields;

    private DocumentedPublish(DateTime time, bool hasEnded, string fields)
    {
        Time = time;
        HasEnded = hasEnded;
        _fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(fields)!;
    }

    /// <summary>The time of its end in UTC; for an unfinished publish the time of its latest event.</summary>
    public DateTime Time { get; }

    /// <summary>Whether it has an event that ends it.</summary>
    public bool HasEnded { get; }

    /// <summary>The attribute's value; null while the publish is unfinished.</summary>
    public string? Outcome => HasEnded ? Text("cicd.pipeline.task.run.result") : null;

    public string? Pull => Text("containers_telemetry.pull.remote_kind") ?? Text("containers_telemetry.pull.local_kind");

    public string? Push => Text("containers_telemetry.push.remote_kind") ?? Text("containers_telemetry.push.local_kind");

    public static List<DocumentedPublish> Read(string folder)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = Query;
        command.Parameters.Add(new DuckDBParameter(Path.Combine(folder, "*")));
        using DuckDBDataReader reader = command.ExecuteReader();
        var publishes = new List<DocumentedPublish>();
        while (reader.Read())
        {
            DateTime time = DateTime.UnixEpoch.AddTicks(long.Parse(reader.GetString(0), CultureInfo.InvariantCulture) / 100);
            publishes.Add(new DocumentedPublish(time, reader.GetBoolean(1), reader.GetString(2)));
        }

        return publishes;
    }

    public string? Text(string attribute) => _fields.TryGetValue(attribute, out JsonElement value) ? value.GetProperty("stringValue").GetString() : null;

    public long? Number(string attribute) =>
        _fields.TryGetValue(attribute, out JsonElement value) ? long.Parse(value.GetProperty("intValue").GetString()!, CultureInfo.InvariantCulture) : null;

    public IEnumerable<string?> Texts(string attribute) => _fields.TryGetValue(attribute, out JsonElement value)
        ? value.GetProperty("arrayValue").GetProperty("values").EnumerateArray().Select(static element => element.GetProperty("stringValue").GetString())
        : [];
}
