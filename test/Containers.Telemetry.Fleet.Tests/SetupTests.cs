using Containers.Telemetry.Fleet.Checking;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Fleet.Tests.Engines;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>The commands that create, check and migrate the tables.</summary>
[TestClass]
public sealed class SetupTests
{
    [TestMethod]
    public async Task Init_may_run_again_and_changes_nothing_then()
    {
        using FleetConnection connection = await FleetFixture.NewDatabaseAsync();
        var setup = new FleetSetup(connection);

        Assert.AreSequenceEqual([1], (await setup.ApplyAsync(null, 30)).Versions);
        Assert.IsEmpty((await setup.ApplyAsync(null, 30)).Versions);
        Assert.IsEmpty((await setup.MigrateAsync()).Versions);
    }

    [TestMethod]
    public async Task Init_that_failed_in_the_middle_is_repeated()
    {
        using FleetConnection connection = await FleetFixture.NewDatabaseAsync();
        string[] statements = [.. FleetSetup.Statements(connection.Address.Database, null, 30)];
        foreach (string statement in statements.Take(3))
        {
            await connection.ExecuteAsync(statement, default);
        }

        Assert.AreSequenceEqual([1], (await new FleetSetup(connection).ApplyAsync(null, 30)).Versions);
        Assert.IsTrue(Found(await new FleetCheck(connection).RunAsync(), "tables").IsGood);
    }

    [TestMethod]
    [DataRow("container_events")]
    [DataRow("container_publishes")]
    [DataRow("container_fleet_migrations")]
    public async Task Tables_that_something_else_made_are_refused_and_left_alone(string table)
    {
        using FleetConnection connection = await FleetFixture.NewDatabaseAsync();
        await connection.ExecuteAsync($"CREATE TABLE {connection.Address.Database}.{table} (Name String) ENGINE = MergeTree ORDER BY Name", default);

        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetSetup(connection).ApplyAsync(null, 30));

        Assert.AreEqual(FleetProblem.ForeignTable, refused.Problem);
        StringAssert.Contains(refused.Message, table);
        IReadOnlyList<object?[]> tables = await connection.QueryAsync(
            $"SELECT name FROM system.tables WHERE database = '{connection.Address.Database}'", default);
        Assert.AreSequenceEqual([table], tables.Select(static row => (string)row[0]!));
    }

    [TestMethod]
    public async Task Migrate_that_failed_in_the_middle_is_repeated()
    {
        using FleetConnection connection = await FleetFixture.NewFleetAsync();
        string database = connection.Address.Database;
        Migration[] steps = [.. Migration.All, new(2, static layout =>
        [
            $"CREATE TABLE IF NOT EXISTS {layout.Database}.first (X UInt8) ENGINE = MergeTree ORDER BY X",
            $"INSERT INTO {layout.Database}.second SELECT 1",
        ])];
        var setup = new FleetSetup(connection) { Steps = steps };
        var check = new FleetCheck(connection) { Steps = steps };
        StringAssert.Contains(Found(await check.RunAsync(), "tables").Remedy, $"containers-telemetry fleet migrate {connection.Address}");

        await Assert.ThrowsExactlyAsync<FleetException>(() => setup.MigrateAsync());
        FleetFinding halfway = Found(await check.RunAsync(), "tables");
        Assert.AreEqual((false, "The tables are those of version 1, not of 2."), (halfway.IsGood, halfway.Message));

        await connection.ExecuteAsync($"CREATE TABLE {database}.second (X UInt8) ENGINE = MergeTree ORDER BY X", default);
        Assert.AreSequenceEqual([2], (await setup.MigrateAsync()).Versions);
        Assert.IsTrue(Found(await check.RunAsync(), "tables").IsGood);
        Assert.IsEmpty((await setup.MigrateAsync()).Versions);
    }

    [TestMethod]
    public async Task Tables_that_another_build_made_with_other_statements_are_refused()
    {
        using FleetConnection connection = await FleetFixture.NewFleetAsync();
        Migration[] other = [new(1, static layout => ["SELECT 1"])];

        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetSetup(connection) { Steps = other }.MigrateAsync());

        StringAssert.Contains(refused.Message, $"step 1 has the checksum {Migration.All[0].Checksum}, not {other[0].Checksum}");
        Assert.IsFalse(Found(await new FleetCheck(connection) { Steps = other }.RunAsync(), "tables").IsGood);
    }

    [TestMethod]
    public async Task Check_names_columns_that_something_has_dropped()
    {
        using FleetConnection connection = await FleetFixture.NewFleetAsync();
        await connection.ExecuteAsync($"ALTER TABLE {connection.Address.Database}.container_publishes DROP COLUMN Error", default);

        FleetFinding found = Found(await new FleetCheck(connection).RunAsync(), "tables");

        Assert.AreEqual((false, "Columns are missing: container_publishes.Error."), (found.IsGood, found.Message));
    }

    [TestMethod]
    public async Task Check_finds_a_dimension_with_too_many_values_and_events_that_came_long_ago()
    {
        using FleetConnection connection = await FleetFixture.NewFleetAsync();
        string database = connection.Address.Database;
        await connection.ExecuteAsync(
            $"INSERT INTO {database}.container_publishes (PublishId, BeganDay, DimensionsText) "
                + "SELECT generateUUIDv4(), today(), concat('build=', toString(number)) FROM numbers(20000)",
            default);
        await connection.ExecuteAsync(
            $"INSERT INTO {database}.container_events (EventId, PublishId, BeganDay, IngestedAt) "
                + "SELECT generateUUIDv4(), generateUUIDv4(), today(), now() - INTERVAL 2 HOUR",
            default);

        IReadOnlyList<FleetFinding> findings = await new FleetCheck(connection).RunAsync();

        StringAssert.StartsWith(Found(findings, "cardinality").Message, "The dimension build has");
        Assert.IsFalse(Found(findings, "cardinality").IsGood);
        Assert.AreEqual((false, "The last event arrived 120 minutes ago."), (Found(findings, "lag").IsGood, Found(findings, "lag").Message));
    }

    [TestMethod]
    public async Task The_current_engine_reads_the_statements_for_a_cluster_as_they_are_meant()
    {
        using FleetConnection connection = await FleetFixture.NewDatabaseAsync();
        var collector = new CollectorTable([KeyValuePair.Create(OtelLogsView.EventNameColumn, "String")], comment: null);
        string[] statements =
        [
            .. FleetSetup.Statements("telemetry", "main", 90), .. OtelLogsView.Create(new FleetLayout("telemetry", "main"), collector),
        ];

        IReadOnlyList<object?[]> rows = await connection.QueryAsync(
            $"SELECT {string.Join(", ", statements.Select(static statement => $"formatQuerySingleLine({SqlText.Text(statement)})"))}", default);
        string read = string.Join('\n', rows[0]).Replace("`", "", StringComparison.Ordinal);

        foreach ((string table, string version, string shard) in new[]
        {
            ("container_fleet_migrations", "", "0"),
            ("container_events", "", "cityHash64(toString(PublishId))"),
            ("container_publishes", ", EventCount", "cityHash64(toString(PublishId))"),
        })
        {
            StringAssert.Contains(read, $"CREATE TABLE IF NOT EXISTS telemetry.{table}_local ON CLUSTER main (");
            StringAssert.Contains(
                read, $"ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{{shard}}/telemetry/{table}_local', '{{replica}}'{version}) ");
            StringAssert.Contains(
                read,
                $"CREATE TABLE IF NOT EXISTS telemetry.{table} ON CLUSTER main AS telemetry.{table}_local "
                    + $"ENGINE = Distributed(main, telemetry, {table}_local, {shard})");
        }

        StringAssert.Contains(
            read,
            "CREATE MATERIALIZED VIEW IF NOT EXISTS telemetry.container_events_from_otel_logs ON CLUSTER main TO telemetry.container_events");
        StringAssert.Contains(read, "FROM clusterAllReplicas(main, telemetry, otel_logs)");
        StringAssert.Contains(read, "ALTER TABLE telemetry.container_events_from_otel_logs ON CLUSTER main (MODIFY COMMENT '");
    }

    [TestMethod]
    public async Task Migrate_of_a_database_without_tables_says_how_to_create_them()
    {
        using FleetConnection connection = await FleetFixture.NewDatabaseAsync();

        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetSetup(connection).MigrateAsync());

        StringAssert.Contains(refused.Message, $"containers-telemetry fleet init {connection.Address} --apply");
    }

    [TestMethod]
    public async Task Check_reads_only_and_says_what_to_do()
    {
        using FleetConnection connection = await FleetFixture.NewDatabaseAsync();

        IReadOnlyList<FleetFinding> empty = await new FleetCheck(connection).RunAsync();
        Assert.IsEmpty(await connection.QueryAsync($"SELECT name FROM system.tables WHERE database = '{connection.Address.Database}'", default));
        StringAssert.Contains(Found(empty, "tables").Remedy, "fleet init");

        await new FleetSetup(connection).ApplyAsync(null, FleetFixture.RetentionDays);
        StringAssert.Contains(Found(await new FleetCheck(connection).RunAsync(), "lag").Remedy, "import");

        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(1));
        await connection.ExecuteAsync($"SYSTEM STOP MERGES {connection.Address.Database}.container_events", default);
        await FleetFixture.ImportAsync(connection, store.Folder);
        await FleetFixture.ImportAsync(connection, store.Folder);
        IReadOnlyList<FleetFinding> filled = await new FleetCheck(connection).RunAsync();
        Assert.IsTrue(filled.All(static finding => finding.IsGood), string.Join('\n', filled));
        StringAssert.StartsWith(Found(filled, "duplicates").Message, "2 of 4 events");
    }

    [TestMethod]
    public async Task Check_finds_publishes_that_lack_events_until_they_are_assembled()
    {
        using FleetConnection connection = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(1));
        await FleetFixture.ImportAsync(connection, store.Folder);
        await connection.ExecuteAsync($"TRUNCATE TABLE {connection.Address.Database}.container_publishes", default);

        FleetFinding behind = Found(await new FleetCheck(connection).RunAsync(), "publishes");
        Assert.AreEqual((false, "1 publish does not have all of its events yet."), (behind.IsGood, behind.Message));
        await Ingest.FleetWriter.AssembleSinceAsync(connection, DateTimeOffset.UtcNow.AddHours(-1));
        Assert.IsTrue(Found(await new FleetCheck(connection).RunAsync(), "publishes").IsGood);
    }

    [TestMethod]
    public async Task Wrong_passwords_databases_and_hosts_are_told_apart_and_the_password_is_never_repeated()
    {
        CurrentClickHouse engine = await FleetFixture.EngineAsync();

        Assert.AreEqual(
            FleetProblem.Credentials, await ProblemOfAsync(engine.AddressOf("default"), new FleetCredentials(CurrentClickHouse.User, "a wrong password")));
        Assert.AreEqual(
            FleetProblem.Unreachable, await ProblemOfAsync(engine.AddressOf("default") with { Port = 9 }, new FleetCredentials("default", "a wrong password")));
        Assert.AreEqual(
            FleetProblem.Certificate,
            await ProblemOfAsync(engine.AddressOf("default") with { IsEncrypted = true }, new FleetCredentials("default", "a wrong password")));
    }

    private static async Task<FleetProblem> ProblemOfAsync(FleetAddress address, FleetCredentials credentials)
    {
        using var connection = new FleetConnection(address, credentials);
        FleetException problem = await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetCheck(connection).RunAsync());
        Assert.DoesNotContain("wrong password", problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
        return problem.Problem;
    }

    private static FleetFinding Found(IReadOnlyList<FleetFinding> findings, string check) => findings.Single(finding => finding.Check == check);
}
