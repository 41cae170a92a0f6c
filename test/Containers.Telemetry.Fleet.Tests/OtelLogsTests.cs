using System.Globalization;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>Events that a Collector wrote into its own table become the same rows as those of an import.</summary>
[TestClass]
public sealed class OtelLogsTests
{
    // The columns of the table that the exporter of the Collector's contrib distribution makes, as its documentation has them.
    private const string Table = """
        (Timestamp DateTime64(9), TraceId String, SpanId String, SeverityText LowCardinality(String), SeverityNumber UInt8, ServiceName LowCardinality(String), Body String,
         ResourceAttributes Map(LowCardinality(String), String), ScopeName String, ScopeVersion String, ScopeAttributes Map(LowCardinality(String), String), LogAttributes Map(LowCardinality(String), String), EventName String)
        ENGINE = MergeTree ORDER BY Timestamp
        """;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Events_of_the_Collectors_table_equal_imported_ones(bool hasEventName)
    {
        using FleetConnection imported = await FleetFixture.NewFleetAsync();
        using FleetConnection collected = await FleetFixture.NewFleetAsync();
        string source = $"{collected.Address.Database}.{OtelLogsView.SourceTable}";
        await collected.ExecuteAsync($"CREATE TABLE {source} {Table}", default);
        if (!hasEventName)
        {
            await collected.ExecuteAsync($"ALTER TABLE {source} DROP COLUMN EventName", default);
        }

        IReadOnlyList<object?[]> columns = await collected.QueryAsync($"SELECT name FROM system.columns WHERE database = '{collected.Address.Database}' AND table = '{OtelLogsView.SourceTable}'", default);
        await collected.ExecuteAsync(OtelLogsView.Create(new FleetLayout(collected.Address.Database, null), [.. columns.Select(static row => (string)row[0]!)]), default);
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 100, seed: 3);

        await FleetFixture.ImportAsync(imported, store.Folder);
        foreach (string statement in Inserts(store.Folder, source, hasEventName))
        {
            await collected.ExecuteAsync(statement, default);
        }

        string rows = string.Join(", ", EventRow.Columns.Select(static column => $"toString({column})"));
        Assert.AreSequenceEqual(await RowsAsync(imported, rows, "container_events"), await RowsAsync(collected, rows, "container_events"));
        await FleetWriter.AssembleSinceAsync(collected, DateTimeOffset.UnixEpoch);
        Assert.AreSequenceEqual(await RowsAsync(imported, "toString(PublishId), toString(tuple(*))", "container_publishes"), await RowsAsync(collected, "toString(PublishId), toString(tuple(*))", "container_publishes"));
    }

    [TestMethod]
    public void A_table_that_is_not_the_Collectors_is_named_by_what_it_lacks() =>
        Assert.AreSequenceEqual(["ScopeName", "ScopeVersion", "ScopeAttributes", "ResourceAttributes", "LogAttributes"], OtelLogsView.MissingColumns(["Timestamp", "Body"]));

    private static async Task<string[]> RowsAsync(FleetConnection connection, string columns, string table) =>
        [.. (await connection.QueryAsync($"SELECT {columns} FROM {connection.Address.Database}.{table} FINAL ORDER BY 1, 2", default)).Select(static row => string.Join(" | ", row))];

    // What the exporter makes of a record: attributes as texts, lists as JSON.
    private static IEnumerable<string> Inserts(string folder, string table, bool hasEventName)
    {
        foreach (string[] lines in Directory.EnumerateFiles(folder).SelectMany(File.ReadLines).Chunk(200))
        {
            var rows = new StringBuilder($"INSERT INTO {table} (Timestamp, ScopeName, ScopeVersion, ScopeAttributes, ResourceAttributes, LogAttributes{(hasEventName ? ", EventName" : "")}) VALUES ");
            foreach (string line in lines)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement resource = document.RootElement.GetProperty("resourceLogs")[0];
                JsonElement scope = resource.GetProperty("scopeLogs")[0];
                JsonElement record = scope.GetProperty("logRecords")[0];
                string name = record.GetProperty("eventName").GetString()!;
                string attributes = MapOf(record.GetProperty("attributes"), hasEventName ? null : name);
                rows.Append(CultureInfo.InvariantCulture, $"(fromUnixTimestamp64Nano({record.GetProperty("timeUnixNano").GetString()}), {SqlText.Text(scope.GetProperty("scope").GetProperty("name").GetString()!)}, {SqlText.Text(scope.GetProperty("scope").GetProperty("version").GetString()!)}, {MapOf(scope.GetProperty("scope").GetProperty("attributes"), null)}, {MapOf(resource.GetProperty("resource").GetProperty("attributes"), null)}, {attributes}{(hasEventName ? ", " + SqlText.Text(name) : "")}) ");
            }

            yield return rows.ToString();
        }
    }

    private static string MapOf(JsonElement attributes, string? eventName)
    {
        var parts = new List<string>();
        if (eventName is not null)
        {
            parts.Add($"'event.name', {SqlText.Text(eventName)}");
        }

        foreach (JsonElement attribute in attributes.EnumerateArray())
        {
            JsonProperty value = attribute.GetProperty("value").EnumerateObject().First();
            string text = value.Name switch
            {
                "arrayValue" => JsonSerializer.Serialize(value.Value.GetProperty("values").EnumerateArray().Select(static element => element.GetProperty("stringValue").GetString())),
                "boolValue" => value.Value.GetBoolean() ? "true" : "false",
                _ => value.Value.GetString()!,
            };
            parts.Add($"{SqlText.Text(attribute.GetProperty("key").GetString()!)}, {SqlText.Text(text)}");
        }

        return $"map({string.Join(", ", parts)})";
    }
}
