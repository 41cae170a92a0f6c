using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Checking;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Fleet.Tests.Engines;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Tests;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>The tool from end to end: it imports files into the database and answers from it.</summary>
[TestClass]
public sealed partial class ToolTests
{
    [TestMethod]
    public async Task An_imported_store_gives_the_same_answers_as_the_store()
    {
        using FleetConnection fleet = await FleetFixture.NewDatabaseAsync();
        using var tool = new FleetTool();
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 300, seed: 7);
        string address = fleet.Address.ToString();

        Assert.AreEqual(
            (0, "The tables of version 1 are ready.\n", ""),
            await tool.RunAsync("fleet", "init", address, "--apply", "--retention-days", FleetFixture.RetentionDays.ToString(CultureInfo.InvariantCulture)));
        (int exitCode, string output, string error) = await tool.RunAsync("import", store.Folder, "--to", address);
        Assert.AreEqual((0, ""), (exitCode, error));
        StringAssert.StartsWith(output, "Imported ");
        Assert.AreEqual(0, (await tool.RunAsync("import", store.Folder, "--store", "local")).ExitCode);

        foreach (string[] question in (string[][])
        [
            ["report", "--until", "2026-11-01", "--format", "csv"],
            ["report", "--by", "team", "--until", "2026-11-01", "--compare", "previous"],
            ["export", "--until", "2026-11-01", "--format", "csv"],
            ["show", "--until", "2026-11-01", "--json"],
            ["fields", "--json"],
        ])
        {
            (int ExitCode, string Output, string Error) ofStore = await tool.RunAsync([.. question, "--store", "local"]);
            Assert.AreEqual(ofStore, await tool.RunAsync([.. question, "--source", address]), string.Join(' ', question));
            Assert.AreEqual(0, ofStore.ExitCode);
        }
    }

    [TestMethod]
    public async Task Show_says_of_a_fleet_what_it_says_of_the_store()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        using var store = new TestStore();
        GeneratedStore.Write(store.Folder, publishes: 40, seed: 4);
        store.Write(
            TestStore.Inference(901, time: DateTimeOffset.UtcNow.AddMinutes(-10)),
            TestStore.Inference(
                902, time: DateTimeOffset.UtcNow.AddMinutes(-10), set: static made => made.Set(IdentityFields.ProjectId, "5f2b8c0d9e1a4736b8c0d9e1a47365f2")));
        await FleetFixture.ImportAsync(fleet, store.Folder);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        Assert.AreEqual(0, (await tool.RunAsync("import", store.Folder, "--store", "local")).ExitCode);
        string[] source = ["--source", fleet.Address.ToString()];
        foreach (int running in (int[])[901, 902])
        {
            Assert.MatchesRegex(
                @"\nOutcome +running\nLast event ", (await tool.RunAsync(["show", TestStore.Id(0xF, running).ToString("D"), .. source])).Output);
        }

        string[] publishes =
            [.. FleetFixture.EventsIn(store.Folder).Select(static stored => stored.PublishId?.ToString("D")).OfType<string>().Distinct().Take(3)];

        foreach (string id in publishes)
        {
            (int, string, string) ofStore = await tool.RunAsync("show", id, "--store", "local");
            (int, string, string) ofFleet = await tool.RunAsync(["show", id, .. source]);

            // The publish may have become a day older between the two commands.
            Assert.AreEqual(ofStore == ofFleet ? ofStore : await tool.RunAsync("show", id, "--store", "local"), ofFleet);
        }

        string[][] questions =
        [
            ["show", publishes[0][^8..], "--json"],
            ["show", "--events", "--last", "50", "--json"],
            ["show", "--events", "--outcome", "error", "--json"],
            ["show", "--events", "--outcome", "unfinished", "--json"],
        ];
        foreach (string[] question in questions)
        {
            (int exitCode, string lines, string error) = await tool.RunAsync([.. question, "--store", "local"]);
            (int exitCodeOfFleet, string linesOfFleet, string errorOfFleet) = await tool.RunAsync([.. question, .. source]);
            Assert.AreEqual((exitCode, error), (exitCodeOfFleet, errorOfFleet));
            Assert.AreSequenceEqual(Lines(lines), Lines(linesOfFleet));
        }

        Assert.AreEqual(
            (1, "", "There is no publish ffffffff in the database. containers-telemetry show lists the last ones.\n"),
            await tool.RunAsync(["show", "ffffffff", .. source]));

        // The order of the fields of an event does not count.
        static IEnumerable<string> Lines(string json) => json.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line =>
                string.Join(
                    ' ', JsonNode.Parse(line)!.AsObject().Select(static field => $"{field.Key}={field.Value?.ToJsonString()}").Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public async Task Events_of_more_unfinished_publishes_than_fit_into_a_query_are_shown()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        store.Write([.. Enumerable.Range(1, 6000).Select(static publish => TestStore.Inference(publish)), TestStore.Success(1)]);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        DateTimeOffset now = TestStore.Now.AddDays(1);

        IReadOnlyList<StoredEvent> shown = FleetEvents.Select(fleet, since: null, "unfinished", last: null, now);

        Assert.HasCount(5999, shown);
        HashSet<Guid> publishes = [.. FleetFixture.EventsIn(store.Folder).Select(static stored => stored.PublishId!.Value)];
        Assert.AreSequenceEqual(shown.Select(static stored => stored.PublishId!.Value).Order(), FleetEvents.Unfinished(fleet, publishes, now).Order());
    }

    [TestMethod]
    public async Task Check_assemble_and_migrate_report_their_work_and_the_remaining_steps()
    {
        using FleetConnection fleet = await FleetFixture.NewDatabaseAsync();
        using var tool = new FleetTool();
        string address = fleet.Address.ToString();

        (int exitCode, string output, string error) = await tool.RunAsync("fleet", "check", address);
        Assert.AreEqual((1, ""), (exitCode, error));
        StringAssert.Contains(output, $"do  tables  The tables are not there. Create them: containers-telemetry fleet init {address} --apply\n");
        await RefusesAsync(tool, 3, $"containers-telemetry fleet init {address} --apply", "fleet", "migrate", address);
        await RefusesAsync(tool, 3, $"containers-telemetry fleet init {address} --apply", "fleet", "assemble", address);
        await RefusesAsync(tool, 2, "--since takes", "fleet", "assemble", address, "--since", "yesterdayish");

        await new FleetSetup(fleet).ApplyAsync(null, FleetFixture.RetentionDays);
        Assert.AreEqual((0, "The tables are up to date. Nothing was changed.\n", ""), await tool.RunAsync("fleet", "migrate", address));
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(1));
        await FleetFixture.ImportAsync(fleet, store.Folder);
        Assert.AreEqual((0, "The publishes are up to date.\n", ""), await tool.RunAsync("fleet", "assemble", address, "--since", "10m"));

        (exitCode, output, error) = await tool.RunAsync("fleet", "check", address, "--json");
        Assert.AreEqual((0, ""), (exitCode, error));
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.AreSequenceEqual(
            ["server", "tables", "collector", "shards", "lag", "duplicates", "publishes", "cardinality"],
            json.RootElement.GetProperty("findings")
                .EnumerateArray()
                .Where(static finding => finding.GetProperty("isGood").GetBoolean())
                .Select(static finding => finding.GetProperty("check").GetString()!));
    }

    [TestMethod]
    public async Task The_remedy_of_check_assembles_publishes_whose_events_arrived_hours_ago()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        using var store = new TestStore();
        store.Write(TestStore.Inference(1), TestStore.Success(1));
        await FleetFixture.ImportAsync(fleet, store.Folder);
        await fleet.ExecuteAsync($"TRUNCATE TABLE {fleet.Address.Database}.container_publishes", default);
        await fleet.ExecuteAsync(
            $"ALTER TABLE {fleet.Address.Database}.container_events UPDATE IngestedAt = now() - INTERVAL 20 HOUR WHERE 1 SETTINGS mutations_sync = 1", default);

        FleetFinding behind = (await new FleetCheck(fleet).RunAsync()).Single(static finding => finding.Check == "publishes");
        string[] remedy =
            behind.Remedy[(behind.Remedy.IndexOf("containers-telemetry ", StringComparison.Ordinal) + "containers-telemetry ".Length)..].Split(' ');
        Assert.AreEqual((0, "The publishes are up to date.\n", ""), await tool.RunAsync(remedy));

        Assert.IsTrue((await new FleetCheck(fleet).RunAsync()).Single(static finding => finding.Check == "publishes").IsGood);
    }

    [TestMethod]
    public async Task Init_prints_the_statements_that_it_would_run()
    {
        using FleetConnection applied = await FleetFixture.NewDatabaseAsync();
        using FleetConnection byHand = await FleetFixture.NewDatabaseAsync();
        using var tool = new FleetTool();
        foreach (FleetConnection fleet in (FleetConnection[])[applied, byHand])
        {
            await fleet.ExecuteAsync($"CREATE TABLE {fleet.Address.Database}.otel_logs {OtelLogsTests.Table}", default);
        }

        Assert.AreEqual(
            (0, "The tables of version 1 are ready.\nThe view on the Collector's table is ready.\n", ""),
            await tool.RunAsync("fleet", "init", applied.Address.ToString(), "--apply"));
        (int exitCode, string output, string error) = await tool.RunAsync("fleet", "init", byHand.Address.ToString(), "--print");
        Assert.AreEqual((0, ""), (exitCode, error));
        foreach (string statement in output.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            await byHand.ExecuteAsync(statement, default);
        }

        Assert.AreSequenceEqual(Tables(applied), Tables(byHand));
        Assert.AreEqual(
            (0, "The tables are there already. Nothing was changed.\n", ""), await tool.RunAsync("fleet", "init", byHand.Address.ToString(), "--apply"));

        static IEnumerable<string> Tables(FleetConnection fleet) =>
            fleet.Query($"SELECT create_table_query FROM system.tables WHERE database = '{fleet.Address.Database}' ORDER BY name")
                .Select(row => ((string)row[0]!).Replace(fleet.Address.Database, "", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Init_prints_the_statements_without_a_server_and_says_what_it_could_not_check()
    {
        using var tool = new FleetTool();

        (int exitCode, string output, string error) = await tool.RunAsync(
            "fleet", "init", "clickhouse://127.0.0.1:9/telemetry", "--print", "--cluster", "main", "--retention-days", "90");

        Assert.AreEqual(0, exitCode);
        StringAssert.Contains(output, "CREATE TABLE IF NOT EXISTS `telemetry`.container_events ON CLUSTER `main`");
        StringAssert.Contains(output, "INTERVAL 90 DAY");
        StringAssert.Contains(error, "does not answer");
        StringAssert.Contains(error, "The statements for the Collector's table are left out");
    }

    [TestMethod]
    public async Task Init_prints_the_statements_if_the_server_never_answers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var tool = new FleetTool();

        (int exitCode, string output, string error) = await tool.RunAsync(
            "fleet", "init", $"clickhouse://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/telemetry", "--print");

        Assert.AreEqual(0, exitCode);
        StringAssert.Contains(output, "CREATE TABLE IF NOT EXISTS `telemetry`.container_events");
        StringAssert.Contains(error, "does not answer");
    }

    [TestMethod]
    public async Task An_import_that_was_killed_continues_and_counts_each_event_once()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        using var store = new TestStore();
        GeneratedStore.Write(store.Folder, publishes: 60_000, seed: 9);
        string[] import = ["import", store.Folder, "--to", fleet.Address.ToString()];

        await KillAfterABatchAsync(tool, import);
        (int exitCode, string output, string error) = await tool.RunAsync(import);

        Assert.AreEqual(0, exitCode, error);
        StringAssert.StartsWith(error, $"note: An earlier import of these files into {fleet.Address} was interrupted. This one continues after the ");
        long before = NumberIn(ContinuesBehind(), error);
        Assert.AreEqual(0, before % FleetWriter.BatchSize);
        // The import reads the last line of the batch again, because a line can have further events.
        Assert.AreEqual(FleetFixture.EventsIn(store.Folder).Count() + 1, before + NumberIn(Imported(), output));
        AssertSameFigures(store, fleet);
        Assert.IsEmpty(Journals(tool));
    }

    [TestMethod]
    [DataRow(true, true, 1)]
    [DataRow(true, false, 3)]
    [DataRow(false, true, 3)]
    public async Task An_import_starts_over_if_the_tables_were_emptied_or_the_file_was_replaced(bool hasEvents, bool isSameFile, int imported)
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        using var store = new TestStore();
        string[] lines = [TestStore.Success(1), TestStore.Success(2), TestStore.Success(3)];
        string file = store.Write(lines[..2]);
        StoredEvent[] written = [.. FleetFixture.EventsIn(store.Folder)];
        if (hasEvents)
        {
            await FleetFixture.ImportAsync(fleet, store.Folder);
        }

        WriteJournal(tool, fleet, file, lines[..2], written[^1]);
        File.WriteAllLines(file, isSameFile ? lines : lines.Reverse());
        (int exitCode, string output, string error) = await tool.RunAsync("import", file, "--to", fleet.Address.ToString());

        Assert.AreEqual(0, exitCode);
        Assert.AreEqual(imported, NumberIn(Imported(), output));
        Assert.AreEqual(hasEvents, error.Contains("continues after the 2 events", StringComparison.Ordinal), error);
        Assert.AreEqual(3, await CountAsync(fleet));
        Assert.IsEmpty(Journals(tool));
    }

    [TestMethod]
    public async Task An_event_without_an_id_is_left_out_and_not_counted()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        using var store = new TestStore();
        string file = store.Write([TestStore.Success(1), TestStore.Success(2).Replace("log.record.uid", "unknown", StringComparison.Ordinal)]);

        Assert.AreEqual(
            (0, "Imported 1 event from 1 file.\n", "note: 1 event has no id or no time, and could be counted twice. It was left out.\n"),
            await tool.RunAsync("import", file, "--to", fleet.Address.ToString()));
    }

    [TestMethod]
    public async Task A_failed_batch_is_retried_after_growing_pauses()
    {
        using var nowhere = new FleetConnection(new FleetAddress("127.0.0.1", 9, "fleet", false), new FleetCredentials("default", ""));
        var pauses = new List<double>();
        var writer = new FleetWriter(nowhere, (pause, _) =>
        {
            pauses.Add(pause.TotalMilliseconds);
            return Task.CompletedTask;
        });
        await writer.AddAsync(OtlpLogReader.Read(Encoding.UTF8.GetBytes(TestStore.Success(1))).Events[0]);

        FleetException problem = await Assert.ThrowsExactlyAsync<FleetException>(() => writer.CompleteAsync());

        Assert.AreEqual(FleetProblem.Unreachable, problem.Problem);
        Assert.AreSequenceEqual([250, 500, 1000, 2000, 4000, 8000, 16000], pauses);
    }

    [TestMethod]
    public async Task Every_problem_is_one_line_with_its_remedy()
    {
        using FleetConnection fleet = await FleetFixture.NewDatabaseAsync();
        string address = fleet.Address.ToString();
        string host = address[..address.LastIndexOf('/')];
        using var tool = new FleetTool();
        using var stranger = new FleetTool("a wrong secret");

        await RefusesAsync(tool, 3, $"containers-telemetry fleet init {address} --apply", "report", "--source", address);
        await RefusesAsync(tool, 3, $"CREATE DATABASE nowhere", "show", "--source", $"{host}/nowhere");
        await RefusesAsync(tool, 3, "does not answer", "export", "--format", "csv", "--source", "clickhouse://127.0.0.1:9/fleet");
        await RefusesAsync(tool, 2, "name of a database", "fields", "--source", $"{host}/x;DROP");
        await RefusesAsync(tool, 2, "holds credentials", "report", "--source", "clickhouse://user:secret@127.0.0.1/fleet");
        await RefusesAsync(tool, 2, "--cluster takes the name", "fleet", "init", address, "--apply", "--cluster", "main`;DROP");
        await RefusesAsync(tool, 3, $"containers-telemetry fleet init {address} --apply", "show", "--follow", "--source", address);
        await RefusesAsync(tool, 3, "does not answer", "show", "--follow", "--events", "--source", "clickhouse://127.0.0.1:9/fleet");
        await RefusesAsync(tool, 2, "--follow prints publishes as they end", "show", "--follow", "--outcome", "unfinished", "--source", address);
        await RefusesAsync(
            tool, 3, $"containers-telemetry fleet init {address} --apply", "export-dataset", "--quarter", "2026Q3", "-o", "data.tsv", "--source", address);
        await RefusesAsync(tool, 2, "is not an id", "show", "4d21' OR 1", "--source", address);
        await RefusesAsync(stranger, 3, FleetCredentials.PasswordVariable, "report", "--source", address);
        foreach (string[] command in new string[][] { ["report"], ["show"], ["export", "--format", "csv"], ["fields"] })
        {
            const string both = "--store reads a store, and --source reads the database of a fleet. Leave out one of them.";
            await RefusesAsync(tool, 2, both, [.. command, "--store", "mine", "--source", address]);
        }

        await fleet.ExecuteAsync($"CREATE TABLE {fleet.Address.Database}.container_events (Name String) ENGINE = MergeTree ORDER BY Name", default);
        await RefusesAsync(tool, 3, "did not make", "fleet", "init", address, "--apply");
    }

    [TestMethod]
    [DataRow("x') OR 1=1 --")]
    [DataRow("payments' OR '1'='1")]
    [DataRow("\\'; DROP TABLE container_publishes; --")]
    [DataRow("unhex('7061796d656e7473')")]
    [DataRow("{x:String}")]
    public async Task A_value_or_a_dimension_is_never_SQL(string text)
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        store.Write(TestStore.Success(1), TestStore.Failure(2));
        await FleetFixture.ImportAsync(fleet, store.Folder);
        ReportQuery query = new() { By = [ReportField.OfDimension(text)], Measures = [Measure.Publishes] };

        Assert.AreEqual(0, FleetReport.Run(fleet, query with { Where = EqualTo(text) }, TestStore.Now).Publishes);
        Assert.AreEqual(2, FleetReport.Run(fleet, query, TestStore.Now).Publishes);

        static Comparison EqualTo(string text) => new(ReportField.OfDimension("team"), ComparisonOperator.Equal, [new FilterValue(text)]);
    }

    [TestMethod]
    public async Task Events_of_every_released_version_give_the_publishes_that_the_files_give()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "corpus", "0.1.0.jsonl"), Path.Combine(store.Folder, "0.1.0.jsonl"));
        await FleetFixture.ImportAsync(fleet, store.Folder);
        ReportQuery.Parse(new ReportQueryText { By = ["Error", "Outcome"] }, TestStore.Now, out ReportQuery query);

        DifferentialTests.AssertEqual(Report.Run([store.Folder], query, null, TestStore.Now), FleetReport.Run(fleet, query, TestStore.Now));
    }

    // The import writes its journal after the server has acknowledged a batch.
    private static async Task KillAfterABatchAsync(FleetTool tool, string[] import)
    {
        using Process killed = tool.Start(import);
        while (!killed.HasExited && Journals(tool).Length == 0)
        {
            await Task.Delay(20);
        }

        killed.Kill(entireProcessTree: true);
        await killed.WaitForExitAsync();
        Assert.AreNotEqual(0, killed.ExitCode);
    }

    // Writes the journal that an import leaves if it is killed after the database has received the lines.
    private static void WriteJournal(FleetTool tool, FleetConnection fleet, string file, string[] lines, StoredEvent last)
    {
        string name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{fleet.Address}\n{file}")))[..16] + ".journal";
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => line + "\n")))));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(JournalsOf(tool)).FullName, name), JsonSerializer.Serialize(new
        {
            Files =
                new Dictionary<string, object> { [file] = new { Lines = lines.Length, Hash = hash, IsWhole = false, Length = 0, Written = default(DateTime) } },
            Events = lines.Length,
            Last = new { last.PublishId, last.EventId },
        }));
    }

    private static string[] Journals(FleetTool tool) => Directory.Exists(JournalsOf(tool)) ? Directory.GetFiles(JournalsOf(tool), "*.journal") : [];

    private static string JournalsOf(FleetTool tool) => Path.Combine(tool.Folder, "home", ".local", "share", "containers-telemetry", "imports");

    private static async Task<long> CountAsync(FleetConnection fleet) =>
        (long)(await fleet.QueryAsync($"SELECT toInt64(count()) FROM {FleetSchema.Events.In(fleet.Address.Database)} FINAL", default))[0][0]!;

    private static void AssertSameFigures(TestStore store, FleetConnection fleet)
    {
        DateTimeOffset now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ReportQuery.Parse(new ReportQueryText { Sections = ["success-rate"] }, now, out ReportQuery query);
        Assert.AreSequenceEqual(Report.Run([store.Folder], query, null, now).Tables[0].Rows[0], FleetReport.Run(fleet, query, now).Tables[0].Rows[0]);
    }

    private static long NumberIn(Regex pattern, string text) =>
        long.Parse(pattern.Match(text).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex("continues after the ([0-9,]+) events?")]
    private static partial Regex ContinuesBehind();

    [GeneratedRegex("^Imported ([0-9,]+) events?")]
    private static partial Regex Imported();

    private static async Task RefusesAsync(FleetTool tool, int exitCode, string message, params string[] arguments)
    {
        (int ExitCode, string Output, string Error) result = await tool.RunAsync(arguments);
        Assert.AreEqual(exitCode, result.ExitCode, result.Error);
        Assert.AreEqual("", result.Output);
        StringAssert.Contains(result.Error, message);
        Assert.AreEqual(result.Error.TrimEnd('\n'), result.Error.TrimEnd('\n').Split('\n')[0]);
        Assert.DoesNotContain("secret", result.Error);
        Assert.DoesNotContain("DROP", result.Error);
    }
}
