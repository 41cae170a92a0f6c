using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Checking;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Fleet.Tests.Engines;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Datasets;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>Two shards give the same answers as the files, and an error while one of them is down.</summary>
[TestClass]
public sealed class ShardTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Task<(TestStore Store, ShardedClickHouse Shards)>> Stage = new(PrepareAsync);

    // Retried needs window functions, which ClickHouse has since 2021.
    public static IEnumerable<object[]> Queries => DifferentialTests.Queries
        .Where(
            static row => row[0] is ReportQueryText text && !text.By.Concat(text.Where).Any(static part => part.Contains("Retried", StringComparison.Ordinal)));

    [ClassCleanup]
    public static async Task CleanUpAsync()
    {
        if (Stage.IsValueCreated)
        {
            (TestStore store, ShardedClickHouse shards) = await Stage.Value;
            store.Dispose();
            await shards.DisposeAsync();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Queries))]
    public async Task A_report_of_two_shards_equals_the_report_of_the_files(ReportQueryText text)
    {
        (TestStore store, ShardedClickHouse shards) = await Stage.Value;
        Assert.IsEmpty(ReportQuery.Parse(text, Now, out ReportQuery query));

        DifferentialTests.AssertEqual(Report.Run([store.Folder], query, null, Now), FleetReport.Run(shards.Connection, query, Now));
    }

    [TestMethod]
    [DynamicData(nameof(OwnEventStore.Queries), typeof(OwnEventStore))]
    public async Task A_report_of_own_events_of_two_shards_equals_the_one_of_the_files(ReportQueryText text)
    {
        (TestStore store, ShardedClickHouse shards) = await Stage.Value;
        ReportQuery query = OwnEventStore.Parse(text, Now);

        DifferentialTests.AssertEqual(Report.Run([store.Folder], query, null, Now), FleetReport.Run(shards.Connection, query, Now));
    }

    [TestMethod]
    public async Task The_dataset_of_two_shards_is_the_dataset_of_the_files()
    {
        (TestStore store, ShardedClickHouse shards) = await Stage.Value;
        byte[] secret = "a secret of the tests, not of a store"u8.ToArray();
        var budget = new PrivacyBudget(PrivacyBudget.MaxEpsilon, PrivacyBudget.MaxDelta);
        var quarter = new Quarter(2026, 3);

        FleetDatasetTests.AssertEqual(
            new DatasetMaker(secret).Make([store.Folder], quarter, isUnfinished: false, budget),
            FleetDataset.Make(shards.Connection, secret, quarter, isUnfinished: false, budget));
    }

    [TestMethod]
    public async Task Publishes_of_two_shards_computed_while_events_arrive_equal_the_assembled_ones()
    {
        (_, ShardedClickHouse shards) = await Stage.Value;
        FollowTests.AssertSameAsAssembled(
            shards.Connection,
            [
                ReportField.Of(OutcomeFields.Error), ReportField.Of(DerivedField.PullType), ReportField.Of(DetailFields.Duration),
                ReportField.Of(InferenceFields.BaseImage),
            ]);

        var arriving = new ArrivingEvents(shards.Connection);
        Assert.HasCount(5, arriving.Begin(() => FleetEvents.Select(shards.Connection, since: null, outcome: null, last: 5, Now)));
        Assert.IsEmpty(arriving.Next());
    }

    [TestMethod]
    public async Task The_latest_events_of_two_shards_equal_those_of_the_files()
    {
        (TestStore store, ShardedClickHouse shards) = await Stage.Value;
        Guid[] expected =
        [
            .. FleetFixture.EventsIn(store.Folder).Where(static stored => stored.EventId is not null).DistinctBy(static stored => stored.EventId)
                .OrderBy(static stored => stored.Time)
                .ThenBy(static stored => stored.EventId.ToString(), StringComparer.Ordinal)
                .TakeLast(50)
                .Select(static stored => stored.EventId!.Value),
        ];

        Assert.AreSequenceEqual(
            expected, FleetEvents.Select(shards.Connection, since: null, outcome: null, last: 50, Now).Select(static stored => stored.EventId!.Value));
    }

    [TestMethod]
    public async Task The_statements_of_init_run_on_all_servers_and_may_run_again()
    {
        (_, ShardedClickHouse shards) = await Stage.Value;
        string before = await shards.ExecuteAsync(0, "SELECT count() FROM fleet.container_publishes");

        await shards.RunInitAsync();

        Assert.AreEqual(before, await shards.ExecuteAsync(1, "SELECT count() FROM fleet.container_publishes"));
        for (int shard = 0; shard < 2; shard++)
        {
            foreach (FleetTable table in FleetSchema.Tables)
            {
                Assert.AreEqual(
                    $"/clickhouse/tables/{shard + 1}/fleet/{table.Name}_local\tfirst\t0\t1",
                    await shards.ExecuteAsync(
                        shard,
                        $"SELECT zookeeper_path, replica_name, is_readonly, toUInt8(is_leader) FROM system.replicas WHERE table = '{table.Name}_local'"));
            }
        }
    }

    [TestMethod]
    public async Task A_report_fails_while_a_shard_is_dead_and_is_right_again_afterwards()
    {
        (TestStore store, ShardedClickHouse shards) = await Stage.Value;
        ReportQuery.Parse(new ReportQueryText { Sections = ["success-rate", "failures"] }, Now, out ReportQuery query);

        await shards.KillShardAsync(1);
        FleetException problem = Assert.ThrowsExactly<FleetException>(() => FleetReport.Run(shards.Connection, query, Now));
        Assert.AreEqual(FleetProblem.MissingShard, problem.Problem);
        StringAssert.Contains(problem.Message, "A shard");

        await shards.StartShardAsync(1);
        DifferentialTests.AssertEqual(Report.Run([store.Folder], query, null, Now), FleetReport.Run(shards.Connection, query, Now));
    }

    [TestMethod]
    public async Task A_server_that_is_too_old_is_named_with_the_version_that_it_needs()
    {
        (_, ShardedClickHouse shards) = await Stage.Value;
        const string problem = "is too old. Update it to 23.8 or later.";

        FleetException refused = await Assert.ThrowsExactlyAsync<FleetException>(
            () => new FleetSetup(shards.Connection).ApplyAsync(null, FleetSetup.DefaultRetentionDays));
        StringAssert.StartsWith(refused.Message, "ClickHouse 18.16");
        StringAssert.EndsWith(refused.Message, problem);

        FleetFinding found = (await new FleetCheck(shards.Connection).RunAsync()).Single(static finding => finding.Check == "server");
        Assert.AreEqual((false, refused.Message), (found.IsGood, found.Message));
    }

    [TestMethod]
    public async Task An_import_waits_for_a_dead_shard_and_loses_and_doubles_nothing()
    {
        await using ShardedClickHouse shards = await ShardedClickHouse.StartAsync();
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 200, seed: 5);
        int pauses = 0;
        var writer = new FleetWriter(shards.Connection, async (_, _) =>
        {
            if (++pauses == 2)
            {
                await shards.StartShardAsync(1);
            }
        });
        foreach (StoredEvent stored in FleetFixture.EventsIn(store.Folder))
        {
            await writer.AddAsync(stored);
        }

        await shards.KillShardAsync(1);
        await writer.CompleteAsync();

        ReportQuery.Parse(new ReportQueryText(), Now, out ReportQuery query);
        Assert.IsGreaterThanOrEqualTo(2, pauses);
        DifferentialTests.AssertEqual(Report.Run([store.Folder], query, null, Now), FleetReport.Run(shards.Connection, query, Now));
    }

    private static async Task<(TestStore Store, ShardedClickHouse Shards)> PrepareAsync()
    {
        ShardedClickHouse shards = await ShardedClickHouse.StartAsync();
        var store = new TestStore();
        DisturbedStore.Write(store.Folder, DifferentialTests.PublishesOr(1000), seed: 1);
        OwnEventStore.Write(store.Folder);
        store.Write([.. Enumerable.Range(1, 300).Select(OfUser)]);
        await FleetFixture.ImportAsync(shards.Connection, store.Folder);
        return (store, shards);
    }

    // A dataset gets a row only if so many users are alike.
    private static string OfUser(int user) => TestStore.Success(
        10_000 + user,
        time: new DateTimeOffset(2026, 8, 20, 9, 0, 0, TimeSpan.Zero),
        set: made => made.Set(IdentityFields.AnonymousUserId, new Guid(user, 0, 0x4000, [0x80, 0, 0, 0, 0, 0, 0, 1])));
}
