using System.Globalization;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Rows;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Reports.Tests;

namespace Containers.Telemetry.Fleet.Tests;

/// <summary>A report from ClickHouse equals the report of the same files value by value, even if events were repeated, reordered or late.</summary>
[TestClass]
public sealed class DifferentialTests
{
    // 200,000 publishes take some ten minutes (docs/fleet.md); compare them after a change of a query.
    private static readonly int Publishes = PublishesOr(3000);
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Task<(TestStore Store, FleetConnection Fleet)>> Stage = new(PrepareAsync);

    public static IEnumerable<object[]> Queries =>
    [
        [new ReportQueryText()],
        [new ReportQueryText { Since = "2026-06-01", Until = "2026-07-01" }],
        [new ReportQueryText { Where = ["Outcome=error"] }],
        [new ReportQueryText { Where = ["CiProvider=GitHubActions,AzurePipelines"], Sections = ["failures", "duration", "image-size"] }],
        [new ReportQueryText { By = ["Error", "Registry", "Direction"] }],
        [new ReportQueryText { By = ["Day", "Outcome"], Since = "2026-09-01", Until = "2026-10-01" }],
        [new ReportQueryText { By = ["Week"] }],
        [new ReportQueryText { By = ["Month", "PublishMode"] }],
        [new ReportQueryText { By = ["Hour"], Since = "2026-09-01", Until = "2026-09-08" }],
        [new ReportQueryText { By = ["TargetRuntime"] }],
        [new ReportQueryText { By = ["Support", "BaseImageTag"] }],
        [new ReportQueryText { By = ["AnonymousUserId"] }],
        [new ReportQueryText { By = ["ProjectId"], Limit = "7", Sort = "Failed" }],
        [new ReportQueryText { By = ["HttpStatus"] }],
        [
            new ReportQueryText
            {
                By = ["SdkVersion"],
                Minimum = "20",
                Measures = ["Publishes", "SuccessRate", "DurationP50", "DurationP95", "DurationP99", "ImageSizeP95", "Projects"],
            },
        ],
        [new ReportQueryText { By = ["Outcome"], Where = ["Duration>2s"] }],
        [new ReportQueryText { By = ["Outcome"], Where = ["Month=2026-08-01", "Month=2026-10-01", "Time!=2026-08-05T10:30Z"] }],
        [new ReportQueryText { Until = "0001-01-05", Sections = ["answer", "trends", "over-time"] }],
        [new ReportQueryText { By = ["Outcome"], Where = ["SdkVersion>=9.0.100"] }],
        [new ReportQueryText { By = ["Outcome"], Where = ["FeaturesUsed=ContainerFamily"] }],
        [new ReportQueryText { By = ["Outcome"], Where = ["FeaturesUsed!=ContainerFamily"] }],
        [new ReportQueryText { By = ["Outcome"], Where = ["Error=(none)"] }],
        [new ReportQueryText { Sections = ["success-rate"], Where = ["Outcome=unfinished,error"] }],
        [new ReportQueryText { Sections = ["success-rate"], Where = ["Outcome=running,(none)"] }],
        [new ReportQueryText { By = ["Outcome"], Where = ["ProjectId=cd103413"] }],
        [new ReportQueryText { By = ["dimension.team"] }],
        [new ReportQueryText { By = ["Scope", "EndsPublish"] }],
        [new ReportQueryText { By = ["Retried", "Error"] }],
        [new ReportQueryText { By = ["Outcome"], Where = ["Retried=false and Error!=(none)"] }],
        [new ReportQueryText { Where = ["CiProvider=(none) or Duration>3s", "SdkVersion<10.0.300"] }],
        [
            new ReportQueryText
            {
                Sections = ["answer", "trends", "retries", "transfers", "adoption", "users", "dimensions"],
                Since = "2026-08-01",
                Until = "2026-11-01",
            },
        ],
        [new ReportQueryText { By = ["CiProvider"], Compare = "previous", Since = "2026-09-01", Until = "2026-11-01" }],
        [new ReportQueryText { By = ["SdkVersion"], Compare = "2026-08-01" }],
        [
            new ReportQueryText
            {
                By = ["SdkVersion"],
                Compare = "CiProvider=GitHubActions..AzurePipelines",
                Measures = ["Publishes", "SuccessRate", "DurationP90", "Projects"],
            },
        ],
        [new ReportQueryText { By = ["CiProvider"], FailIf = "SuccessRate<90" }],
        [new ReportQueryText { FailIf = "SuccessRate<100", Sections = ["answer"] }],
        [new ReportQueryText { By = ["CiProvider"], Compare = "2026-11-01", FailIf = "SuccessRate<90" }],
        [new ReportQueryText { FailIf = "DurationP95>1s", Where = ["CiProvider!=GitHubActions"] }],
        [new ReportQueryText { By = ["dimension.nothing"], Where = ["SdkVersion!=0.0.1"] }],
        [new ReportQueryText { Since = "2020-01-01", Until = "2020-02-01", Sections = ["answer", "trends", "retries", "users"] }],
    ];

    public static IEnumerable<object[]> Lists =>
    [
        [new ListCase(null, null, null)],
        [new ListCase(null, null, 20)],
        [new ListCase("error", "SdkVersion>=9.0.100", 5)],
        [new ListCase("unfinished", null, null)],
        [new ListCase(null, "Outcome=unfinished or Outcome=(none)", null)],
        [new ListCase("canceled", "Retried=(none)", null)],
        [new ListCase("success", "FeaturesUsed=ContainerFamily or ImageSize>100MB", null)],
    ];

    [ClassCleanup]
    public static async Task CleanUpAsync()
    {
        if (Stage.IsValueCreated)
        {
            (TestStore store, FleetConnection fleet) = await Stage.Value;
            store.Dispose();
            fleet.Dispose();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Queries))]
    public async Task A_report_of_ClickHouse_equals_the_report_of_the_files(ReportQueryText text)
    {
        (TestStore store, FleetConnection fleet) = await Stage.Value;
        Assert.AreEqual("", string.Join('\n', ReportQuery.Parse(text, Now, out ReportQuery query)));

        ReportResult files = Report.Run([store.Folder], query, null, Now);
        AssertEqual(files, FleetReport.Run(fleet, query, Now));
    }

    [TestMethod]
    [DynamicData(nameof(OwnEventStore.Queries), typeof(OwnEventStore))]
    public async Task A_report_of_own_events_of_ClickHouse_equals_the_one_of_the_files(ReportQueryText text)
    {
        (TestStore store, FleetConnection fleet) = await Stage.Value;
        ReportQuery query = OwnEventStore.Parse(text, Now);

        ReportResult files = Report.Run([store.Folder], query, null, Now);

        Assert.IsGreaterThan(0, files.Publishes);
        AssertEqual(files, FleetReport.Run(fleet, query, Now));
    }

    [TestMethod]
    public async Task The_adoption_of_very_many_versions_equals_that_of_the_files()
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        store.Write([.. Enumerable.Range(1, 300).Select(OfVersion)]);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        Assert.IsEmpty(ReportQuery.Parse(new ReportQueryText { Sections = ["adoption"] }, Now, out ReportQuery query));

        ReportResult files = Report.Run([store.Folder], query, null, Now);

        Assert.HasCount(70, files.Table("sdk-adoption").Rows);
        AssertEqual(files, FleetReport.Run(fleet, query, Now));

        static string OfVersion(int publish) => TestStore.Success(publish, time: TestStore.Now.AddHours(-publish), set: made =>
        {
            made.Set(SurroundingsFields.SdkVersion, FormattableString.Invariant($"10.0.{100 + (publish % 70)}"));
            made.Set(DetailFields.FeaturesUsed, publish % 3 == 0 ? ["ContainerFamily"] : ["ContainerFamily", "ContainerUser"]);
            made.Set(IdentityFields.ProjectId, publish % 11 == 0 ? null : (publish % 40).ToString("x32", CultureInfo.InvariantCulture));
        });
    }

    [TestMethod]
    [DataRow("0fffffff-ffff-7fff-bfff-ffffffffffff")]
    [DataRow("ffffffff-ffff-7fff-bfff-ffffffffffff")]
    public async Task A_publish_id_of_a_distant_year_is_later_than_all_others(string id)
    {
        using FleetConnection fleet = await FleetFixture.NewFleetAsync();
        using var store = new TestStore();
        store.Write(Begun(Guid.CreateVersion7(Now.AddMinutes(-10)), 10), Begun(new Guid(id), 9));
        await FleetFixture.ImportAsync(fleet, store.Folder);
        Assert.IsEmpty(ReportQuery.Parse(new ReportQueryText(), Now, out ReportQuery query));

        ReportResult files = Report.Run([store.Folder], query, null, Now);

        Assert.AreEqual((2, 0), (files.Unfinished, files.Running));
        AssertEqual(files, FleetReport.Run(fleet, query, Now));

        static string Begun(Guid publishId, int minutesAgo)
        {
            var made = new ContainerEvent(EventNames.Inference);
            made.Set(DetailFields.Time, Now.AddMinutes(-minutesAgo));
            made.Set(DetailFields.EventId, TestStore.Id(0xE, minutesAgo));
            made.Set(DetailFields.PublishId, publishId);
            made.Set(IdentityFields.AnonymousUserId, TestStore.Id(0xA, 1));
            made.Set(IdentityFields.ProjectId, TestStore.Id(0xB, 1).ToString("N"));
            return TestStore.Line(made);
        }
    }

    [TestMethod]
    public async Task The_dimensions_of_own_events_are_found_beside_those_of_publishes()
    {
        (TestStore store, FleetConnection fleet) = await Stage.Value;

        IReadOnlyList<string> found = FleetDimensions.Find(fleet);

        Assert.Contains("step", found);
        Assert.AreSequenceEqual(DimensionNames.Find([store.Folder]), found);
    }

    /// <summary>The number of publishes that the environment sets, or the given one.</summary>
    internal static int PublishesOr(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("CONTAINERS_TELEMETRY_DIFFERENTIAL_PUBLISHES"), CultureInfo.InvariantCulture, out int publishes)
            ? publishes
            : otherwise;

    internal static void AssertEqual(ReportResult files, ReportResult clickHouse)
    {
        Assert.AreEqual(Figures(files), Figures(clickHouse));
        Assert.AreSequenceEqual(files.Tables.SelectMany(Lines), clickHouse.Tables.SelectMany(Lines));
        Assert.AreSequenceEqual(files.FailedBecause, clickHouse.FailedBecause);
        Assert.AreSequenceEqual(
            files.UnknownValues.Select(static problem => problem.ToString()), clickHouse.UnknownValues.Select(static problem => problem.ToString()));
    }

    [TestMethod]
    public async Task The_page_of_ClickHouse_carries_the_rows_of_the_page_of_the_files()
    {
        (TestStore store, FleetConnection fleet) = await Stage.Value;
        Assert.IsEmpty(ReportQuery.Parse(new ReportQueryText { Since = "2026-10-01" }, Now, out ReportQuery query));
        query = query with { IsFilterable = true };

        ReportResult files = Report.Run([store.Folder], query, null, Now);
        ReportResult clickHouse = FleetReport.Run(fleet, query, Now);

        Assert.AreEqual(files.Rows!.Count, clickHouse.Rows!.Count);
        Assert.AreSequenceEqual(files.Rows.Axes.Select(Line), clickHouse.Rows.Axes.Select(Line));
        Assert.AreSequenceEqual(files.Rows.Numbers, clickHouse.Rows.Numbers);

        static string Line(RowAxis axis)
        {
            IEnumerable<string> values = axis.Values.Select(static texts => string.Join('+', texts.Order(StringComparer.Ordinal)));
            return $"{axis.Id}: {string.Join(" | ", values.Order(StringComparer.Ordinal))}";
        }
    }

    [TestMethod]
    [DynamicData(nameof(Lists))]
    public async Task A_list_of_ClickHouse_equals_the_list_of_the_files(ListCase list)
    {
        (TestStore store, FleetConnection fleet) = await Stage.Value;
        Assert.IsEmpty(ReportQuery.Parse(new ReportQueryText { Where = list.Where is null ? [] : [list.Where] }, Now, out ReportQuery where));
        var query = new ListQuery { Fields = PublishFields.All(FleetDimensions.Find(fleet)), Last = list.Last, Outcome = list.Outcome, Where = where.Where };

        string[] files = [.. PublishList.Read([store.Folder], query with { Until = Now.AddYears(1) }, null, Now).Publishes.Select(Line)];

        Assert.IsNotEmpty(files);
        Assert.AreSequenceEqual(files, FleetList.Read(fleet, query with { Until = Now.AddYears(1) }, Now).Publishes.Select(Line));
    }

    internal static string Line(PublishEntry entry)
    {
        var values = entry.Values.Select(
            static value => value is string[] texts ? string.Join('+', texts) : Convert.ToString(value, CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"{entry.Id} {entry.Time:O} {entry.Outcome} {string.Join(" | ", values)}");
    }

    private static async Task<(TestStore Store, FleetConnection Fleet)> PrepareAsync()
    {
        FleetConnection fleet = await FleetFixture.NewFleetAsync();
        var store = new TestStore();
        DisturbedStore.Write(store.Folder, Publishes, seed: 1);
        OwnEventStore.Write(store.Folder);
        await FleetFixture.ImportAsync(fleet, store.Folder);
        return (store, fleet);
    }

    private static string Figures(ReportResult report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Period.From:O} {report.Period.To:O} publishes {report.Publishes} unfinished {report.Unfinished} "
        + $"running {report.Running} future {report.FromTheFuture}");

    private static string[] Lines(ReportTable table) =>
        [
            $"{table.Id} {table.Title} {table.Note}",
            string.Join(" | ", table.Columns.Select(static column => $"{column.Id} {column.Title} {column.Kind}")),
            .. table.Rows.Select(static row => string.Join(" | ", row.Select(static cell => Convert.ToString(cell, CultureInfo.InvariantCulture)))),
        ];

    /// <summary>A listing with the given outcome, filter and maximum number of publishes.</summary>
    public sealed record ListCase(string? Outcome, string? Where, int? Last);
}
