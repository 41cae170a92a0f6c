using System.Net;
using Containers.Telemetry.Fleet.Checking;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Fleet.Tests.Engines;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tests;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>The tables, as <c>fleet init --cluster</c> creates them, on two servers of a current ClickHouse.</summary>
[TestClass]
public sealed class ClusterTests
{
    private const string Main = CurrentCluster.Name;

    private static readonly Lazy<Task<CurrentCluster>> Stage = new(CurrentCluster.StartAsync);
    private static int _databases;

    [ClassCleanup]
    public static async Task CleanUpAsync()
    {
        if (Stage.IsValueCreated)
        {
            await (await Stage.Value).DisposeAsync();
        }
    }

    [TestMethod]
    public async Task A_cluster_gives_the_reports_of_the_files_and_has_each_publish_on_one_shard()
    {
        (CurrentCluster cluster, FleetConnection fleet) = await NewFleetAsync();
        using FleetConnection connection = fleet;
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 300, seed: 7);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        var now = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

        foreach (ReportQueryText text in (ReportQueryText[])[new(), new() { By = ["Retried", "Error"] }, new() { By = ["FeaturesUsed"], Where = ["Duration>1s"] }])
        {
            Assert.IsEmpty(ReportQuery.Parse(text, now, out ReportQuery query));
            DifferentialTests.AssertEqual(Report.Run([store.Folder], query, null, now), FleetReport.Run(fleet, query, now));
        }

        string database = fleet.Address.Database;
        string ids = $"SELECT DISTINCT PublishId FROM {database}.container_events_local";
        string[][] shards = [(await cluster.ExecuteAsync(0, ids)).Split('\n'), (await cluster.ExecuteAsync(1, ids)).Split('\n')];
        Assert.IsGreaterThan(100, shards[0].Length);
        Assert.IsGreaterThan(100, shards[1].Length);
        Assert.IsEmpty(shards[0].Intersect(shards[1]));
    }

    [TestMethod]
    public async Task Init_of_a_cluster_may_run_again_without_its_name_and_refuses_another()
    {
        (_, FleetConnection fleet) = await NewFleetAsync();
        using FleetConnection connection = fleet;
        var setup = new FleetSetup(fleet);

        Assert.IsEmpty((await setup.ApplyAsync(Main, 30)).Versions);
        Assert.IsEmpty((await setup.ApplyAsync(null, 30)).Versions);
        Assert.IsEmpty((await setup.MigrateAsync()).Versions);
        FleetException other = await Assert.ThrowsExactlyAsync<FleetException>(() => setup.ApplyAsync("other", 30));
        StringAssert.Contains(other.Message, "are on the servers of the cluster main, not of the cluster other");
    }

    [TestMethod]
    public async Task Tables_of_one_server_are_not_said_to_be_those_of_a_cluster()
    {
        (_, FleetConnection fleet) = await NewDatabaseAsync();
        using FleetConnection connection = fleet;
        var setup = new FleetSetup(fleet);
        await setup.ApplyAsync(null, 30);

        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(() => setup.ApplyAsync(Main, 30));

        StringAssert.Contains(refused.Message, "are on one server, not of the cluster main");
    }

    [TestMethod]
    public async Task A_cluster_that_the_server_does_not_know_is_named_as_the_problem()
    {
        (_, FleetConnection fleet) = await NewDatabaseAsync();
        using FleetConnection connection = fleet;

        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetSetup(fleet).ApplyAsync("unheard_of", 30));

        StringAssert.Contains(refused.Message, "SELECT DISTINCT cluster FROM system.clusters");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public async Task Init_of_a_cluster_that_failed_in_the_middle_is_repeated_on_all_servers(int statements)
    {
        (_, FleetConnection fleet) = await NewDatabaseAsync();
        using FleetConnection connection = fleet;
        foreach (string statement in FleetSetup.Statements(fleet.Address.Database, Main, 30).Take(statements))
        {
            await fleet.ExecuteAsync(statement, default);
        }

        // With both tables of migrations the cluster is known.
        Assert.AreSequenceEqual([1], (await new FleetSetup(fleet).ApplyAsync(statements < 2 ? Main : null, 30)).Versions);

        Assert.IsTrue(Found(await new FleetCheck(fleet).RunAsync(), "tables").IsGood);
        Assert.HasCount(2, fleet.Query($"SELECT DISTINCT State FROM {fleet.Address.Database}.container_fleet_migrations"));
    }

    [TestMethod]
    [DataRow("container_publishes_local")]
    [DataRow("container_events")]
    public async Task Check_names_the_shard_that_lacks_a_table_and_init_creates_it(string table)
    {
        (CurrentCluster cluster, FleetConnection fleet) = await NewFleetAsync();
        using FleetConnection connection = fleet;
        await cluster.ExecuteAsync(1, $"DROP TABLE {fleet.Address.Database}.{table} SYNC");

        FleetFinding found = Found(await new FleetCheck(fleet).RunAsync(), "tables");
        Assert.IsFalse(found.IsGood);
        StringAssert.Contains(found.Message, $"Servers of the cluster main lack tables: {table} on ");
        StringAssert.Contains(found.Message, "of shard 2");
        StringAssert.Contains(found.Remedy, $"fleet init {fleet.Address} --apply");

        StringAssert.Contains((await new FleetSetup(fleet).ApplyAsync(null, 30)).Created, $"{table} on ");
        Assert.IsTrue(Found(await new FleetCheck(fleet).RunAsync(), "tables").IsGood);
    }

    [TestMethod]
    public async Task A_new_server_of_the_cluster_gets_its_tables_by_init()
    {
        (CurrentCluster cluster, FleetConnection fleet) = await NewFleetAsync();
        using FleetConnection connection = fleet;
        string database = fleet.Address.Database;
        await cluster.ExecuteAsync(1, $"DROP DATABASE {database} SYNC");

        StringAssert.Contains(Found(await new FleetCheck(fleet).RunAsync(), "tables").Message, "container_fleet_migrations_local, container_fleet_migrations on ");
        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetSetup(fleet).ApplyAsync(null, 30));
        StringAssert.Contains(refused.Message, $"CREATE DATABASE IF NOT EXISTS {database} ON CLUSTER main");

        await cluster.ExecuteAsync(1, $"CREATE DATABASE {database}");
        Assert.IsEmpty((await new FleetSetup(fleet).ApplyAsync(null, 30)).Versions);
        Assert.IsTrue(Found(await new FleetCheck(fleet).RunAsync(), "tables").IsGood);
        Assert.AreEqual(0, FleetReport.Run(fleet, new ReportQuery(), TestStore.Now).Publishes);
    }

    [TestMethod]
    public async Task A_report_says_that_a_table_is_missing_and_not_that_a_shard_is_dead()
    {
        (CurrentCluster cluster, FleetConnection fleet) = await NewFleetAsync();
        using FleetConnection connection = fleet;
        await cluster.ExecuteAsync(1, $"DROP TABLE {fleet.Address.Database}.container_publishes_local SYNC");

        FleetException problem = Assert.ThrowsExactly<FleetException>(() => FleetReport.Run(fleet, new ReportQuery(), TestStore.Now));

        Assert.AreEqual(
            $"A server of the cluster lacks a table of {fleet.Address}. Create it: containers-telemetry fleet init {fleet.Address} --apply", problem.Message);
    }

    [TestMethod]
    public async Task The_Collectors_events_on_any_server_are_copied_to_their_shards()
    {
        (CurrentCluster cluster, FleetConnection fleet) = await NewDatabaseAsync();
        using FleetConnection connection = fleet;
        string source = $"{fleet.Address.Database}.otel_logs";
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 60, seed: 3);
        string[] inserts = [.. OtelLogsTests.Inserts(store.Folder, source, hasEventName: true)];
        await cluster.ExecuteAsync(0, $"CREATE TABLE {source} {OtelLogsTests.Table}");
        StringAssert.Contains((await new FleetSetup(fleet).ApplyAsync(Main, FleetFixture.RetentionDays)).Misfit, "otel_logs is missing on 1 of the servers");

        await cluster.ExecuteAsync(1, $"CREATE TABLE {source} {OtelLogsTests.Table}");
        await cluster.ExecuteAsync(1, inserts[0]);
        Assert.IsTrue((await new FleetSetup(fleet).ApplyAsync(null, FleetFixture.RetentionDays)).HasNewView);
        for (int i = 1; i < inserts.Length; i++)
        {
            await cluster.ExecuteAsync(i % 2, inserts[i]);
        }

        using FleetConnection imported = (await NewFleetAsync()).Fleet;
        await FleetFixture.ImportAsync(imported, store.Folder);
        await cluster.ExecuteAsync(0, $"SYSTEM FLUSH DISTRIBUTED {fleet.Address.Database}.container_events");
        await cluster.ExecuteAsync(1, $"SYSTEM FLUSH DISTRIBUTED {fleet.Address.Database}.container_events");
        await FleetWriter.AssembleSinceAsync(fleet, DateTimeOffset.UnixEpoch);
        Assert.AreSequenceEqual(Publishes(imported), Publishes(fleet));

        await cluster.ExecuteAsync(1, $"DROP VIEW {fleet.Address.Database}.container_events_from_otel_logs SYNC");
        StringAssert.Contains(Found(await new FleetCheck(fleet).RunAsync(), "collector").Message, "is not on all servers of the cluster");
        Assert.IsTrue((await new FleetSetup(fleet).ApplyAsync(null, FleetFixture.RetentionDays)).HasNewView);
        Assert.IsTrue(Found(await new FleetCheck(fleet).RunAsync(), "collector").IsGood);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow(Main)]
    public async Task The_documented_permissions_suffice(string? clusterName)
    {
        CurrentCluster cluster = await Stage.Value;
        await cluster.ExecuteAsync(0, "DROP DATABASE IF EXISTS telemetry SYNC");
        await cluster.ExecuteAsync(1, "DROP DATABASE IF EXISTS telemetry SYNC");
        using FleetConnection fleet = await cluster.ConnectAsync("telemetry", "documented");
        await cluster.ExecuteAsync(0, $"CREATE TABLE telemetry.otel_logs {OtelLogsTests.Table}");
        await cluster.ExecuteAsync(1, $"CREATE TABLE telemetry.otel_logs {OtelLogsTests.Table}");
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(1));

        Assert.IsTrue((await new FleetSetup(fleet).ApplyAsync(clusterName, FleetFixture.RetentionDays)).HasNewView);
        await FleetFixture.ImportAsync(fleet, store.Folder);

        IReadOnlyList<FleetFinding> findings = await new FleetCheck(fleet).RunAsync();
        Assert.IsTrue(findings.All(static finding => finding.IsGood), string.Join('\n', findings));
        using FleetConnection reader = await cluster.ConnectAsync("telemetry", "reader");
        Assert.AreEqual(1, FleetReport.Run(reader, new ReportQuery(), TestStore.Now).Publishes);
    }

    [TestMethod]
    [DataRow("strict", "set its setting readonly to 2")]
    [DataRow("stranger", "The user lacks the permission SELECT on ")]
    [DataRow("few", "on the quota ended the statement")]
    public async Task Check_and_reports_say_what_stops_a_user(string user, string problem)
    {
        (CurrentCluster cluster, FleetConnection owner) = await NewFleetAsync();
        using FleetConnection connection = owner;
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 100, seed: 9);
        await FleetFixture.ImportAsync(owner, store.Folder);
        using FleetConnection fleet = await cluster.ConnectAsync(owner.Address.Database, user);

        foreach (Func<Task> action in (Func<Task>[])
            [() => new FleetCheck(fleet).RunAsync(), () => Task.FromResult(FleetReport.Run(fleet, new ReportQuery(), TestStore.Now))])
        {
            FleetException stopped = await Assert.ThrowsExactlyAsync<FleetException>(action);
            Assert.Contains(problem, stopped.Message, stopped.ToString());
        }
    }

    [TestMethod]
    public async Task The_native_port_and_the_port_of_another_program_are_named()
    {
        CurrentCluster cluster = await Stage.Value;
        using var other = new HttpListener();
        int port = LoopbackPort.Free();
        other.Prefixes.Add(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
        other.Start();
        Task<HttpListenerContext> request = other.GetContextAsync();

        Task<FleetException> ofOther = ProblemAsync(port);
        HttpListenerContext context = await request;
        context.Response.StatusCode = 404;
        context.Response.Close("<html>Not found</html>"u8.ToArray(), willBlock: false);

        StringAssert.Contains((await ofOther).Message, "does not answer as ClickHouse does");
        StringAssert.Contains((await ProblemAsync(cluster.NativePort)).Message, "is that of ClickHouse's native protocol");

        static async Task<FleetException> ProblemAsync(int port)
        {
            using var connection = new FleetConnection(new FleetAddress("127.0.0.1", port, "fleet", false), new FleetCredentials("default", ""));
            return await Assert.ThrowsExactlyAsync<FleetException>(() => new FleetCheck(connection).RunAsync());
        }
    }

    [TestMethod]
    public async Task A_user_who_may_change_settings_and_nothing_else_reads_reports()
    {
        (CurrentCluster cluster, FleetConnection owner) = await NewFleetAsync();
        using FleetConnection connection = owner;
        using FleetConnection fleet = await cluster.ConnectAsync(owner.Address.Database, "reading");

        Assert.AreEqual(0, FleetReport.Run(fleet, new ReportQuery(), TestStore.Now).Publishes);
        Assert.AreEqual(FleetProblem.Credentials, (await Assert.ThrowsExactlyAsync<FleetException>(
            () => FleetWriter.AssembleSinceAsync(fleet, DateTimeOffset.UnixEpoch))).Problem);
    }

    [TestMethod]
    public async Task Init_and_check_say_that_a_server_of_the_cluster_is_down_and_succeed_once_it_is_back()
    {
        await using CurrentCluster cluster = await CurrentCluster.StartAsync();
        using FleetConnection fleet = await cluster.ConnectAsync("fleet");
        var setup = new FleetSetup(fleet);

        await cluster.KillServerAsync(1);
        FleetException unfinished = await Assert.ThrowsExactlyAsync<FleetException>(() => setup.ApplyAsync(Main, 30));
        StringAssert.Contains(unfinished.Message, "On a cluster, start all servers.");

        await cluster.StartServerAsync(1);
        Assert.AreSequenceEqual([1], (await setup.ApplyAsync(Main, 30)).Versions);
        await cluster.KillServerAsync(1);
        foreach (Func<Task> action in (Func<Task>[])[() => new FleetCheck(fleet).RunAsync(), () => setup.ApplyAsync(Main, 30), () => setup.MigrateAsync()])
        {
            Assert.AreEqual(FleetProblem.MissingShard, (await Assert.ThrowsExactlyAsync<FleetException>(action)).Problem);
        }

        await cluster.StartServerAsync(1);
        Assert.IsTrue(Found(await new FleetCheck(fleet).RunAsync(), "tables").IsGood);
    }

    private static string[] Publishes(FleetConnection fleet) =>
    [
        .. fleet.Query($"SELECT toString(tuple(*)) FROM {fleet.Address.Database}.container_publishes FINAL ORDER BY PublishId")
            .Select(static row => (string)row[0]!),
    ];

    private static async Task<(CurrentCluster Cluster, FleetConnection Fleet)> NewDatabaseAsync()
    {
        CurrentCluster cluster = await Stage.Value;
        return (cluster, await cluster.ConnectAsync($"fleet_{Interlocked.Increment(ref _databases)}"));
    }

    private static async Task<(CurrentCluster Cluster, FleetConnection Fleet)> NewFleetAsync()
    {
        (CurrentCluster cluster, FleetConnection fleet) = await NewDatabaseAsync();
        await new FleetSetup(fleet).ApplyAsync(Main, FleetFixture.RetentionDays);
        return (cluster, fleet);
    }

    private static FleetFinding Found(IReadOnlyList<FleetFinding> findings, string check) => findings.Single(finding => finding.Check == check);
}
