using System.Globalization;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.Fleet.Checking;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>Events that a Collector wrote into its own table give the same rows as imported ones.</summary>
[TestClass]
public sealed class OtelLogsTests
{
    // The columns of the table that the ClickHouse exporter of the Collector's contrib distribution creates, as documented there.
    internal const string Table = """
        (Timestamp DateTime64(9), TraceId String, SpanId String, SeverityText LowCardinality(String), SeverityNumber UInt8,
         ServiceName LowCardinality(String), Body String, ResourceAttributes Map(LowCardinality(String), String), ScopeName String, ScopeVersion String,
         ScopeAttributes Map(LowCardinality(String), String), LogAttributes Map(LowCardinality(String), String), EventName String)
        ENGINE = MergeTree ORDER BY Timestamp
        """;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Init_imports_the_Collectors_earlier_records_and_its_later_ones(bool hasEventName)
    {
        using FleetConnection imported = await FleetFixture.NewFleetAsync();
        using FleetConnection collected = await FleetFixture.NewDatabaseAsync();
        string source = await CreateAsync(collected, hasEventName);
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 100, seed: 3);
        store.Write(
            TestStore.Success(901, set: static made => made.SetDimension("team", "payments")).Replace(
                "dimension.team", "dimension.No name", StringComparison.Ordinal));
        store.Write(
            TestStore.Success(902, set: static made => made.SetDimension("team", "payments"))
                .Replace("payments", "no value: /home/me", StringComparison.Ordinal));
        string[] inserts = [.. Inserts(store.Folder, source, hasEventName)];

        await FleetFixture.ImportAsync(imported, store.Folder);
        await ExecuteAsync(collected, inserts[..1]);
        FleetChanges changes = await new FleetSetup(collected).ApplyAsync(null, FleetFixture.RetentionDays);
        await ExecuteAsync(collected, inserts[1..]);

        Assert.IsTrue(changes.HasNewView);
        string rows = string.Join(", ", EventRow.Columns.Select(static column => $"toString({column.Name})"));
        Assert.AreSequenceEqual(await RowsAsync(imported, rows, "container_events"), await RowsAsync(collected, rows, "container_events"));
        await FleetWriter.AssembleSinceAsync(collected, DateTimeOffset.UnixEpoch);
        Assert.AreSequenceEqual(
            await RowsAsync(imported, "toString(PublishId), toString(tuple(*))", "container_publishes"),
            await RowsAsync(collected, "toString(PublishId), toString(tuple(*))", "container_publishes"));
    }

    [TestMethod]
    public async Task Check_asks_for_the_view_until_init_has_made_it()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        StringAssert.Contains((await CheckAsync(fleet)).Message, "import alone");

        await CreateAsync(fleet, hasEventName: true);
        FleetFinding missing = await CheckAsync(fleet);
        Assert.IsFalse(missing.IsGood);
        StringAssert.Contains(missing.Remedy, $"containers-telemetry fleet init {fleet.Address} --apply");

        Assert.AreEqual((true, null), await ApplyAsync(fleet));
        Assert.IsTrue((await CheckAsync(fleet)).IsGood);
        Assert.AreEqual((false, null), await ApplyAsync(fleet));
    }

    [TestMethod]
    public async Task Init_that_failed_to_import_the_Collectors_records_imports_them_in_the_next_run()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        store.Write(TestStore.Success(1), TestStore.Success(2));
        string events = $"{fleet.Address.Database}.container_events";
        await ExecuteAsync(fleet, Inserts(store.Folder, await CreateAsync(fleet, hasEventName: true), hasEventName: true));
        await fleet.ExecuteAsync($"ALTER TABLE {events} ADD CONSTRAINT IsFull CHECK 0", default);

        await Assert.ThrowsExactlyAsync<FleetException>(() => ApplyAsync(fleet));
        FleetFinding halfway = await CheckAsync(fleet);
        Assert.IsFalse(halfway.IsGood);
        StringAssert.Contains(halfway.Message, "is incomplete");

        await fleet.ExecuteAsync($"ALTER TABLE {events} DROP CONSTRAINT IsFull", default);
        Assert.AreEqual((true, null), await ApplyAsync(fleet));
        Assert.IsTrue((await CheckAsync(fleet)).IsGood);
        Assert.HasCount(2, await RowsAsync(fleet, "EventId, Kind", "container_events"));
    }

    [TestMethod]
    public async Task Check_gives_the_statement_that_has_the_Collector_write_the_names_of_events()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        string source = await CreateAsync(fleet, hasEventName: false);
        await ApplyAsync(fleet);
        Assert.IsTrue((await CheckAsync(fleet)).IsGood);

        await fleet.ExecuteAsync($"INSERT INTO {source} (Timestamp, ScopeName) VALUES (now(), 'Containers.Telemetry')", default);
        FleetFinding unnamed = await CheckAsync(fleet);
        StringAssert.StartsWith(unnamed.Message, "1 row of otel_logs has no event name");
        string statement = $"ALTER TABLE {source} ADD COLUMN EventName String";
        StringAssert.Contains(unnamed.Remedy, statement);

        await fleet.ExecuteAsync(statement, default);
        StringAssert.Contains((await CheckAsync(fleet)).Message, "of another version");
        Assert.AreEqual((true, null), await ApplyAsync(fleet));
        Assert.IsTrue((await CheckAsync(fleet)).IsGood);
    }

    [TestMethod]
    public async Task A_foreign_table_is_left_alone_and_its_missing_columns_are_named()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        await fleet.ExecuteAsync(
            $"CREATE TABLE {fleet.Address.Database}.otel_logs (Timestamp DateTime64(9), Body String, ScopeName String, ScopeVersion String, "
                + "ScopeAttributes String, ResourceAttributes Map(String, String)) ENGINE = MergeTree ORDER BY Timestamp",
            default);

        (bool hasNewView, string? misfit) = await ApplyAsync(fleet);
        Assert.IsFalse(hasNewView);
        StringAssert.Contains(misfit, "ScopeAttributes, LogAttributes are missing or of another type");
        FleetFinding finding = await CheckAsync(fleet);
        Assert.IsFalse(finding.IsGood);
        Assert.AreEqual(misfit, finding.Message);
    }

    [TestMethod]
    public async Task A_view_that_something_else_made_is_refused()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        await CreateAsync(fleet, hasEventName: true);
        await fleet.ExecuteAsync($"CREATE VIEW {fleet.Address.Database}.{OtelLogsView.Name} AS SELECT 1", default);

        Assert.AreEqual(FleetProblem.ForeignTable, (await Assert.ThrowsExactlyAsync<FleetException>(() => ApplyAsync(fleet))).Problem);
        Assert.IsFalse((await CheckAsync(fleet)).IsGood);
    }

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(2, false)]
    public void A_table_that_is_not_on_all_servers_of_a_cluster_gets_no_view_and_the_remedy_is_named(int lacking, bool getsView)
    {
        var types = new Dictionary<string, string>
        {
            ["Timestamp"] = "DateTime64(9)",
            ["ScopeName"] = "String",
            ["ScopeVersion"] = "String",
            ["ScopeAttributes"] = "Map(String, String)",
            ["ResourceAttributes"] = "Map(String, String)",
            ["LogAttributes"] = "Map(String, String)",
        };
        var source = new CollectorTable(types, null) { Lacking = (lacking, "main") };

        Assert.AreEqual(getsView, source.NeedsView);
        Assert.AreEqual(
            getsView
                ? null
                : "otel_logs is missing on 2 of the servers of the cluster main, so no view can be made there. "
                    + "Set cluster_name: main in the Collector's exporter, and restart it: it creates the table on all of them.",
            source.Misfit);
    }

    [TestMethod]
    public void On_a_cluster_each_server_gets_the_view_and_what_its_Collector_wrote_before()
    {
        var source = new CollectorTable(new Dictionary<string, string> { ["EventName"] = "String" }, null);
        string[] statements = [.. OtelLogsView.Create(new FleetLayout("telemetry", "main"), source)];

        StringAssert.StartsWith(statements[0], "DROP VIEW IF EXISTS `telemetry`.container_events_from_otel_logs ON CLUSTER `main`");
        StringAssert.StartsWith(
            statements[1],
            "CREATE MATERIALIZED VIEW IF NOT EXISTS `telemetry`.container_events_from_otel_logs ON CLUSTER `main` TO `telemetry`.container_events AS");
        StringAssert.Contains(statements[2], "FROM clusterAllReplicas(`main`, `telemetry`, otel_logs)");
        StringAssert.StartsWith(statements[3], "ALTER TABLE `telemetry`.container_events_from_otel_logs ON CLUSTER `main` MODIFY COMMENT");
    }

    // Anybody who sends to the Collector chooses names and values of dimensions.
    [TestMethod]
    public async Task The_database_and_the_readers_accept_the_same_dimensions()
    {
        using FleetConnection fleet = await FleetFixture.NewDatabaseAsync();
        string[] texts =
        [
            "team", "t", "team_2", "2team", "Team", "_team", "", "té", "team\n", "a-b", "a.b", "a b", "a/b", "a'b", new('a', 32), new('a', 33),
            new('a', 64), new('a', 65),
        ];

        IReadOnlyList<object?[]> rows = await fleet.QueryAsync(
            $"SELECT text, {DimensionText.IsName("text")}, {DimensionText.IsValue("text")} "
                + $"FROM (SELECT arrayJoin([{string.Join(", ", texts.Select(SqlText.Text))}]) AS text)",
            default);

        Assert.AreSequenceEqual(
            texts.Select(static text => (text, Dimensions.IsName(text), Dimensions.IsValue(text))),
            rows.Select(static row => ((string)row[0]!, (byte)row[1]! == 1, (byte)row[2]! == 1)));
    }

    [TestMethod]
    public async Task Invalid_names_of_dimensions_and_more_than_64_are_not_found()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        await fleet.ExecuteAsync(
            $"INSERT INTO {fleet.Address.Database}.container_publishes (PublishId, BeganDay, DimensionsText) "
                + "SELECT generateUUIDv4(), today(), concat('team', toString(number + 100), '=x,A ', toString(number), '=y') FROM numbers(70)",
            default);

        IReadOnlyList<string> found = FleetDimensions.Find(fleet);

        Assert.AreSequenceEqual(Enumerable.Range(100, 64).Select(static number => FormattableString.Invariant($"team{number}")), found);
    }

    private static async Task<string> CreateAsync(FleetConnection connection, bool hasEventName)
    {
        string source = $"{connection.Address.Database}.{OtelLogsView.SourceTable}";
        await connection.ExecuteAsync(
            $"CREATE TABLE {source} {(hasEventName ? Table : Table.Replace(", EventName String", "", StringComparison.Ordinal))}", default);
        return source;
    }

    private static async Task<(bool HasNewView, string? Misfit)> ApplyAsync(FleetConnection connection)
    {
        FleetChanges changes = await new FleetSetup(connection).ApplyAsync(null, FleetFixture.RetentionDays);
        return (changes.HasNewView, changes.Misfit);
    }

    private static async Task<FleetFinding> CheckAsync(FleetConnection connection) =>
        (await new FleetCheck(connection).RunAsync()).Single(static finding => finding.Check == "collector");

    private static async Task ExecuteAsync(FleetConnection connection, IEnumerable<string> statements)
    {
        foreach (string statement in statements)
        {
            await connection.ExecuteAsync(statement, default);
        }
    }

    private static async Task<string[]> RowsAsync(FleetConnection connection, string columns, string table) =>
        [
            .. (await connection.QueryAsync($"SELECT {columns} FROM {connection.Address.Database}.{table} FINAL ORDER BY 1, 2", default))
                .Select(static row => string.Join(" | ", row)),
        ];

    // Writes records as the exporter does: attributes as texts, lists as JSON.
    internal static IEnumerable<string> Inserts(string folder, string table, bool hasEventName)
    {
        foreach (string[] lines in Directory.EnumerateFiles(folder).SelectMany(File.ReadLines).Chunk(200))
        {
            var rows = new StringBuilder(
                $"INSERT INTO {table} (Timestamp, ScopeName, ScopeVersion, ScopeAttributes, ResourceAttributes, LogAttributes"
                + $"{(hasEventName ? ", EventName" : "")}) VALUES ");
            foreach (string line in lines)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement resource = document.RootElement.GetProperty("resourceLogs")[0];
                JsonElement scope = resource.GetProperty("scopeLogs")[0];
                JsonElement record = scope.GetProperty("logRecords")[0];
                string name = record.GetProperty("eventName").GetString()!;
                string attributes = MapOf(record.GetProperty("attributes"), hasEventName ? null : name);
                rows.Append(CultureInfo.InvariantCulture, $"(fromUnixTimestamp64Nano({record.GetProperty("timeUnixNano").GetString()}), ");
                JsonElement origin = scope.GetProperty("scope");
                rows.Append(CultureInfo.InvariantCulture, $"{TextIn(origin, "name")}, {TextIn(origin, "version")}, ");
                rows.Append(CultureInfo.InvariantCulture, $"{MapOf(origin.GetProperty("attributes"), null)}, ");
                rows.Append(CultureInfo.InvariantCulture, $"{MapOf(resource.GetProperty("resource").GetProperty("attributes"), null)}, ");
                rows.Append(CultureInfo.InvariantCulture, $"{attributes}{(hasEventName ? ", " + SqlText.Text(name) : "")}) ");
            }

            yield return rows.ToString();
        }

        static string TextIn(JsonElement parent, string member) => SqlText.Text(parent.GetProperty(member).GetString()!);
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
                "arrayValue" =>
                    JsonSerializer.Serialize(
                        value.Value.GetProperty("values").EnumerateArray().Select(static element => element.GetProperty("stringValue").GetString())),
                "boolValue" => value.Value.GetBoolean() ? "true" : "false",
                _ => value.Value.GetString()!,
            };
            parts.Add($"{SqlText.Text(attribute.GetProperty("key").GetString()!)}, {SqlText.Text(text)}");
        }

        return $"map({string.Join(", ", parts)})";
    }
}
