using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Containers.Telemetry.Events;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Fleet.Tests.Engines;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>Following a fleet shows each event once, as it arrives, until Ctrl+C.</summary>
[TestClass]
public sealed class FollowTests(TestContext testContext)
{
    private const int HangLimit = 300_000;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    [Timeout(HangLimit, CooperativeCancellation = true)]
    public async Task The_last_ten_publishes_are_followed_by_each_that_ends_once(bool isAssembled)
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        await AddAsync(fleet, [.. Enumerable.Range(1, 12).Select(static number => TestStore.Success(number, time: At(number)))]);
        if (!isAssembled)
        {
            await fleet.ExecuteAsync($"TRUNCATE TABLE {FleetSchema.Publishes.In(fleet.Address.Database)}", default);
        }

        using Process follow = tool.Start("show", "--follow", "--json", "--source", fleet.Address.ToString());
        string[] first = [.. await LinesAsync(follow, 10)];
        await AddAsync(fleet, TestStore.Inference(13, time: At(13)));
        await AddAsync(fleet, TestStore.Success(13, time: At(14)), TestStore.Success(12, time: At(12)));
        string next = (await LinesAsync(follow, 1))[0];
        await AddAsync(
            fleet, TestStore.Success(13, time: At(14)), TestStore.Failure(2, eventNumber: 3, time: At(20), ends: false), TestStore.Failure(14, time: At(15)));
        string last = (await LinesAsync(follow, 1))[0];

        Assert.AreSequenceEqual(Enumerable.Range(3, 10).Select(Id), first.Select(IdIn));
        Assert.AreEqual((Id(13), Id(14)), (IdIn(next), IdIn(last)));
        StringAssert.Contains(next, "\"BaseImage\":\"mcr.microsoft.com/dotnet/aspnet\"");
        Assert.AreEqual((0, "", ""), await InterruptAsync(follow));
    }

    [TestMethod]
    [DataRow(new[] { "--json" }, "\"dimension.team\":\"payments\"")]
    [DataRow(new string[0], "payments")]
    [Timeout(HangLimit, CooperativeCancellation = true)]
    public async Task A_dimension_that_nobody_had_when_following_began_is_shown(string[] options, string shown)
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        await AddAsync(fleet, TestStore.Success(1, time: At(1)));

        using Process follow = tool.Start(["show", "--follow", .. options, "--source", fleet.Address.ToString()]);
        await LineOfAsync(follow, 1);
        await AddAsync(fleet, TestStore.Success(2, time: At(2), set: static made => made.SetDimension("team", "payments")));
        string next = await LineOfAsync(follow, 2);
        await AddAsync(fleet, TestStore.Success(3, time: At(3)));

        StringAssert.Contains(next, shown);
        Assert.DoesNotContain(shown, await LineOfAsync(follow, 3));
        Assert.AreEqual((0, "", ""), await InterruptAsync(follow));
    }

    [TestMethod]
    [Timeout(HangLimit, CooperativeCancellation = true)]
    public async Task Ctrl_C_ends_the_wait_for_a_server_that_never_answers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var tool = new FleetTool();

        using Process follow = tool.Start(
            "show",
            "--follow",
            "--source",
            string.Create(CultureInfo.InvariantCulture, $"clickhouse://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/telemetry"));
        using TcpClient asked = await silent.AcceptTcpClientAsync(testContext.CancellationToken);

        Assert.AreEqual((0, "", ""), await InterruptAsync(follow));
    }

    [TestMethod]
    [Timeout(HangLimit, CooperativeCancellation = true)]
    public async Task Only_publishes_that_pass_the_filters_are_followed()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        await AddAsync(fleet, TestStore.Failure(1, error: "timeout", time: At(1)), TestStore.Failure(2, time: At(2)));

        using Process follow = tool.Start("show", "--follow", "--outcome", "error", "--where", "Error=timeout", "--source", fleet.Address.ToString());
        string[] first = [.. await LinesAsync(follow, 2)];
        await AddAsync(fleet, TestStore.Success(3, time: At(3)), TestStore.Failure(4, time: At(4)), TestStore.Failure(5, error: "timeout", time: At(5)));
        string next = (await LinesAsync(follow, 1))[0];

        StringAssert.Contains(first[0], "Outcome");
        StringAssert.EndsWith(first[1], "00000001");
        StringAssert.EndsWith(next, "00000005");
        StringAssert.Contains(next, "timeout");
        Assert.AreEqual((0, "", ""), await InterruptAsync(follow));
    }

    [TestMethod]
    [Timeout(HangLimit, CooperativeCancellation = true)]
    public async Task Events_are_followed_through_an_outage_of_the_server()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var tool = new FleetTool();
        using var front = new CutFront(fleet.Address.Port);
        await AddAsync(fleet, TestStore.Inference(1, time: At(1)), TestStore.Success(1, time: At(2)), TestStore.Line(EventNames.Usage, 1, 3, time: At(3)));

        using Process follow = tool.Start(
            "show", "--events", "--follow", "--last", "2", "--json", "--source", $"clickhouse://127.0.0.1:{front.Port}/{fleet.Address.Database}");
        string[] first = [.. await LinesAsync(follow, 2)];
        front.Cut();
        string? lost = await follow.StandardError.ReadLineAsync(testContext.CancellationToken);
        await AddAsync(fleet, TestStore.Success(1, time: At(2)), TestStore.Inference(2, time: At(4)), TestStore.Failure(2, time: At(5)));
        front.Restore();
        string[] next = [.. await LinesAsync(follow, 2)];

        StringAssert.Contains(first[0], "\"Outcome\":\"success\"");
        StringAssert.Contains(next[0], Id(2));
        StringAssert.Contains(next[1], "\"Outcome\":\"error\"");
        Assert.AreEqual(
            $"note: ClickHouse does not answer at 127.0.0.1, port {front.Port}. "
                + "Check the host, and that the port is the one of its HTTP interface. Retrying until it answers.",
            lost);
        Assert.AreEqual((0, "", ""), await InterruptAsync(follow));
    }

    [TestMethod]
    public async Task Publishes_computed_while_events_arrive_equal_the_assembled_ones()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 500, seed: 12);
        await FleetFixture.ImportAsync(fleet, store.Folder);

        AssertSameAsAssembled(fleet, PublishFields.All(FleetDimensions.Find(fleet)));
    }

    /// <summary>Compares the publishes that are computed from all events with those in the table.</summary>
    internal static void AssertSameAsAssembled(FleetConnection fleet, IReadOnlyList<ReportField> fields)
    {
        DateTimeOffset now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ReportQuery.Parse(new ReportQueryText { Where = ["PullType=MCR or Error!=(none)"] }, now, out ReportQuery where);
        var query = new ListQuery { Fields = fields, Where = where.Where };
        string rows = PublishAssembly.Rows(fleet.Address.Database, condition: "1");

        string[] assembled = [.. FleetList.Read(fleet, query, now).Publishes.Select(DifferentialTests.Line)];

        Assert.IsGreaterThan(20, assembled.Length);
        Assert.AreSequenceEqual(assembled, FleetList.ReadEnded(fleet, query, rows, now).Publishes.Select(DifferentialTests.Line));
    }

    private static DateTimeOffset At(int minute) => TestStore.Now.AddDays(-1).AddMinutes(minute);

    private static string Id(int publish) => TestStore.Id(0xF, publish).ToString("D");

    private static string IdIn(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("PublishId").GetString()!;

    private static async Task AddAsync(FleetConnection fleet, params string[] lines)
    {
        using var store = new TestStore();
        store.Write(lines);
        await FleetFixture.ImportAsync(fleet, store.Folder);
    }

    // The header of a table precedes its first row, and the first one with another column.
    private async Task<string> LineOfAsync(Process follow, int publish)
    {
        string line;
        do
        {
            line = (await LinesAsync(follow, 1))[0];
        }
        while (!line.Contains(publish.ToString("x8", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return line;
    }

    private async Task<IReadOnlyList<string>> LinesAsync(Process follow, int count)
    {
        var lines = new List<string>();
        while (lines.Count < count)
        {
            lines.Add(
                await follow.StandardOutput.ReadLineAsync(testContext.CancellationToken)
                    ?? throw new AssertFailedException(await follow.StandardError.ReadToEndAsync(testContext.CancellationToken)));
        }

        return lines;
    }

    private async Task<(int ExitCode, string Output, string Error)> InterruptAsync(Process follow)
    {
        using Process kill = Process.Start("kill", ["-INT", follow.Id.ToString(CultureInfo.InvariantCulture)]);
        string output = await follow.StandardOutput.ReadToEndAsync(testContext.CancellationToken);
        string error = await follow.StandardError.ReadToEndAsync(testContext.CancellationToken);
        await follow.WaitForExitAsync(testContext.CancellationToken);
        return (follow.ExitCode, output, error);
    }
}
