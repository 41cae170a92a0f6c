using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.TestInfrastructure.Publishing;
using DuckDB.NET.Data;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>Compares the report's figures with an independent computation: DuckDB over the raw lines, and jq if it is installed.</summary>
[TestClass]
public sealed class FiguresTests
{
    private const int Publishes = 5000;

    private static readonly DateTimeOffset Until = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static string _folder = "";
    private static ReportResult _report = null!;
    private static List<DocumentedPublish> _publishes = [];

    [ClassInitialize]
    public static void Initialize(TestContext context)
    {
        _ = context;
        _folder = Directory.CreateTempSubdirectory("containers-telemetry-figures-").FullName;
        DisturbedStore.Write(_folder, Publishes, seed: 42);
        _report = Report.Run([_folder], new() { Until = Until }, null, TestStore.Now);
        _publishes = DocumentedPublish.Read(_folder);
    }

    [ClassCleanup]
    public static void Cleanup() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<DocumentedPublish> Finished => _publishes.Where(static publish => publish.Outcome is not null);

    [TestMethod]
    public void Outcomes_AreExact()
    {
        ReportTable table = _report.Table("success-rate");
        long succeeded = Finished.LongCount(static publish => publish.Outcome == "success");
        long failed = Finished.LongCount(static publish => publish.Outcome == "failure");

        Assert.AreEqual(Finished.LongCount(), table.Cell("Publishes"));
        Assert.AreEqual(succeeded, table.Cell("Succeeded"));
        Assert.AreEqual(failed, table.Cell("Failed"));
        Assert.AreEqual(Finished.LongCount(static publish => publish.Outcome == "cancellation"), table.Cell("Canceled"));
        Assert.AreEqual((double)succeeded / (succeeded + failed), table.Cell("SuccessRate"));
        Assert.AreEqual((long)(Publishes - Finished.Count()), table.Cell("Unfinished"));
        Assert.AreEqual(Finished.Select(static publish => publish.Text("enduser.pseudo.id")).Distinct().LongCount(), table.Cell("Users"));
        Assert.AreEqual(Finished.Select(static publish => publish.Text("containers_telemetry.project.id")).Distinct().LongCount(), table.Cell("Projects"));
    }

    [TestMethod]
    public void Failures_AreExact() => AssertCounts(
        _report.Table("failures"),
        "Failures",
        ["Error", "Registry", "Direction"],
        Finished.Where(static publish => publish.Outcome == "failure").Select(static publish => publish.Text("containers_telemetry.error.direction") switch
        {
            "pull" => new[] { publish.Text("error.type"), publish.Pull, "pull" },
            "push" => [publish.Text("error.type"), publish.Push, "push"],
            _ => [publish.Text("error.type"), null, null],
        }));

    [TestMethod]
    public void AdoptionOfFeatures_IsExact() =>
        AssertAdoption("adoption", "FeaturesUsed", static publish => publish.Texts("containers_telemetry.features_used"));

    [TestMethod]
    public void AdoptionOfSdkVersions_IsExact() =>
        AssertAdoption("sdk-adoption", "SdkVersion", static publish => [publish.Text("containers_telemetry.sdk.version")]);

    private static void AssertAdoption(string id, string column, Func<DocumentedPublish, IEnumerable<string?>> valuesOf)
    {
        var until = new DateTimeOffset(2026, 11, 10, 0, 0, 0, TimeSpan.Zero);
        ReportTable table = Report.Run([_folder], new() { Until = until, Sections = ["adoption"] }, null, TestStore.Now).Table(id);
        DocumentedPublish[] publishes = [.. Finished.Where(publish => publish.Time < until.UtcDateTime)];
        int projects = publishes.Select(static publish => publish.Text("containers_telemetry.project.id")).Distinct().Count();
        Dictionary<string, DateTime[]> firstUses = publishes
            .SelectMany(publish => valuesOf(publish).Select(value => (Value: value!, Publish: publish)))
            .GroupBy(static use => use.Value)
            .ToDictionary(
                static uses => uses.Key,
                static uses =>
                    uses.GroupBy(static use => use.Publish.Text("containers_telemetry.project.id"), static use => use.Publish.Time)
                        .Select(static times => times.Min())
                        .Order()
                        .ToArray());

        Assert.AreSequenceEqual(firstUses.Keys.Order(StringComparer.Ordinal), table.Column(column).Cast<string>().Order(StringComparer.Ordinal));
        foreach (object?[] row in table.Rows)
        {
            string value = (string)row[0]!;
            DateTime[] uses = firstUses[value];
            Assert.AreSequenceEqual(
                [
                    value, DateOnly.FromDateTime(uses[0]), uses.LongLength, (double)uses.Length / projects, Delay(uses, 0.5), Delay(uses, 0.95),
                    Share(value, until.UtcDateTime.AddDays(-30)), Share(value, until.UtcDateTime.AddDays(-60)),
                ],
                row);
        }

        static long Delay(DateTime[] uses, double share) => (long)(uses[(int)Math.Ceiling(uses.Length * share) - 1] - uses[0]).TotalMilliseconds;

        double Share(string value, DateTime from)
        {
            DocumentedPublish[] period = Array.FindAll(publishes, publish => publish.Time >= from && publish.Time < from.AddDays(30));
            return (double)period.Count(publish => valuesOf(publish).Contains(value)) / period.Length;
        }
    }

    [TestMethod]
    public void Transfers_AreExact()
    {
        ReportTable table = _report.Table("transfers");
        foreach (object?[] row in table.Rows)
        {
            for (int column = 1; column < table.Columns.Count - 1; column++)
            {
                Assert.AreEqual(Finished.LongCount(publish => publish.Pull == (string?)row[0] && publish.Push == table.Columns[column].Id), row[column]);
            }
        }

        Assert.AreEqual(Finished.LongCount(), table.Column("All").Sum(static cell => (long)cell!));
    }

    [TestMethod]
    [DataRow("base-images", "BaseImage:containers_telemetry.base_image.name,BaseImageTag:containers_telemetry.base_image.tag")]
    [DataRow("publish-modes", "PublishMode:containers_telemetry.publish_mode")]
    [DataRow("families", "ContainerFamily:containers_telemetry.container_family")]
    [DataRow("ci", "CiProvider:containers_telemetry.ci.provider")]
    [DataRow("hosts", "MSBuildHost:containers_telemetry.msbuild.host")]
    [DataRow("sdk-versions", "SdkVersion:containers_telemetry.sdk.version")]
    public void PublishesByField_AreExact(string table, string fields)
    {
        string[][] pairs = [.. fields.Split(',').Select(static pair => pair.Split(':'))];
        AssertCounts(
            _report.Table(table),
            "Publishes",
            [.. pairs.Select(static pair => pair[0])],
            Finished.Select(publish => pairs.Select(pair => publish.Text(pair[1])).ToArray()));
    }

    [TestMethod]
    [DataRow("runtimes", "TargetRuntime", "containers_telemetry.target_runtime_identifiers")]
    [DataRow("features", "FeaturesUsed", "containers_telemetry.features_used")]
    public void PublishesBySeveralValues_AreExact(string table, string column, string attribute) => AssertCounts(
        _report.Table(table),
        "Publishes",
        [column],
        Finished.SelectMany(publish => publish.Texts(attribute).DefaultIfEmpty(null).Select(static text => new[] { text })));

    [TestMethod]
    [DataRow("image-size", "PublishMode", "containers_telemetry.publish_mode", "containers_telemetry.image.size")]
    [DataRow("duration", "Outcome", "cicd.pipeline.task.run.result", "containers_telemetry.duration_ms")]
    public void Percentiles_AreExact(string id, string column, string by, string measure)
    {
        ReportTable table = _report.Table(id);
        Dictionary<string, string> renamed = new() { ["error"] = "failure", ["canceled"] = "cancellation" };

        foreach ((object? name, object?[] row) in table.Column(column).Zip(table.Rows))
        {
            string wanted = renamed.GetValueOrDefault((string)name!, (string)name!);
            long[] values =
            [
                .. Finished.Where(publish => wanted == "(all)" || publish.Text(by) == wanted).Select(publish => publish.Number(measure)).OfType<long>().Order(),
            ];
            Assert.AreEqual((long)values.Length, row[1]);
            Assert.AreSequenceEqual(new object?[] { Nearest(50), Nearest(95), Nearest(99), values[^1] }, row[2..]);

            long Nearest(double percent) => values[(int)Math.Ceiling(values.Length * percent / 100) - 1];
        }
    }

    [TestMethod]
    public void Weeks_AreExact()
    {
        DateTimeOffset since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        ReportTable table = Report.Run(
            [_folder], new() { Since = since, Until = TestStore.Now, Sections = ["over-time"] }, null, TestStore.Now).Table("over-time");

        AssertCounts(table, "Publishes", ["Time"], Finished.Where(publish => publish.Time >= since.UtcDateTime).Select(static publish => new[]
        {
            DateOnly.FromDateTime(ISOWeek.ToDateTime(ISOWeek.GetYear(publish.Time), ISOWeek.GetWeekOfYear(publish.Time), DayOfWeek.Monday))
                .ToString("o", CultureInfo.InvariantCulture),
        }));
    }

    [TestMethod]
    public void Retries_AreExact()
    {
        var series = new List<(int Failures, TimeSpan? Time)>();
        foreach (IGrouping<string?, DocumentedPublish> project in Finished.GroupBy(static publish => publish.Text("containers_telemetry.project.id")))
        {
            var failures = new List<DocumentedPublish>();
            foreach (DocumentedPublish publish in project.OrderBy(static publish => publish.Time))
            {
                if (publish.Outcome == "failure")
                {
                    failures.Add(publish);
                }
                else if (publish.Outcome == "success" && failures.Count > 0)
                {
                    series.Add((failures.Count, publish.Time - failures[0].Time));
                    failures.Clear();
                }
            }

            if (failures.Count > 0)
            {
                series.Add((failures.Count, null));
            }
        }

        object?[] all = _report.Table("retries").Rows[0];
        long[] times = [.. series.Where(static one => one.Time is not null).Select(static one => one.Time!.Value.Ticks / TimeSpan.TicksPerMillisecond).Order()];

        Assert.AreEqual((long)series.Count, all[1]);
        Assert.AreEqual((long)times.Length, all[2]);
        Assert.AreEqual(times[(int)Math.Ceiling(times.Length * 0.95) - 1], all[^1]);
    }

    [TestMethod]
    public void Trends_CompareWithThePeriodBefore()
    {
        DateTimeOffset since = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset until = new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset before = since - (until - since);

        ReportTable trends = Report.Run([_folder], new() { Since = since, Until = until, Sections = ["trends"] }, null, TestStore.Now).Table("trends");

        Assert.AreSequenceEqual(
            new object?[]
            {
                Finished.LongCount(publish => publish.Time >= since.UtcDateTime && publish.Time < until.UtcDateTime),
                Finished.LongCount(publish => publish.Time >= before.UtcDateTime && publish.Time < since.UtcDateTime),
            },
            trends.Column("Publishes"));
    }

    [TestMethod]
    public void FiltersAndGroups_AreExact()
    {
        Assert.IsEmpty(Querying.ReportQuery.Parse(
            new() { By = ["SdkVersion,FeaturesUsed"], Where = ["os.type=linux", "ContainerFamily!=", "Outcome!=canceled", "dimension.team=payments"] },
            TestStore.Now,
            out var query));

        ReportTable table = Report.Run([_folder], query with { Until = Until }, null, TestStore.Now).Table("by");

        AssertCounts(table, "Publishes", ["SdkVersion", "FeaturesUsed"], Finished
            .Where(static publish => publish.Text("os.type") == "linux" && publish.Text("containers_telemetry.container_family") is not null
                && publish.Outcome != "cancellation" && publish.Text("containers_telemetry.dimension.team") == "payments")
            .SelectMany(static publish => publish.Texts("containers_telemetry.features_used").DefaultIfEmpty(null)
                .Select(feature => new[] { publish.Text("containers_telemetry.sdk.version"), feature })));
    }

    [TestMethod]
    public void FiltersOfEveryForm_AreExact()
    {
        AssertPasses("Outcome=error,canceled", static publish => publish.Outcome is "failure" or "cancellation");
        AssertPasses(
            "Duration>5s and Outcome=success", static publish => publish.Outcome == "success" && publish.Number("containers_telemetry.duration_ms") > 5000);
        AssertPasses("Error=timeout or team=search and Outcome=error", static publish =>
            publish.Text("error.type") == "timeout" || (publish.Text("containers_telemetry.dimension.team") == "search" && publish.Outcome == "failure"));
        AssertPasses(
            "Time>=2026-11-01 and Time<2026-11-05", static publish => publish.Time >= new DateTime(2026, 11, 1) && publish.Time < new DateTime(2026, 11, 5));
        AssertPasses(
            "Day=2026-11-03,2026-11-05", static publish => publish.Time.Date == new DateTime(2026, 11, 3) || publish.Time.Date == new DateTime(2026, 11, 5));
        AssertPasses("SdkVersion>=10.0.300", static publish => publish.Text("containers_telemetry.sdk.version") is "10.0.300" or "10.0.401");
        AssertPasses("PushType=Azure,Docker", static publish => publish.Push is "Azure" or "Docker");
        AssertPasses(
            "FeaturesUsed!=ContainerPort,ContainerUser",
            static publish => !publish.Texts("containers_telemetry.features_used").Any(static one => one is "ContainerPort" or "ContainerUser"));
        AssertPasses("Registry=Azure and Error=registry_server_error", static publish =>
            publish.Text("error.type") == "registry_server_error"
                && (publish.Text("containers_telemetry.error.direction") == "push" ? publish.Push : publish.Pull) == "Azure");
        AssertPasses("Support=ended", IsPastSupport);
        AssertPasses("HttpStatus>=500", static publish => publish.Number("http.response.status_code") >= 500);

        static void AssertPasses(string filter, Func<DocumentedPublish, bool> passes)
        {
            Assert.IsEmpty(Querying.ReportQuery.Parse(new() { Where = [filter], Sections = ["success-rate"] }, TestStore.Now, out var query, ["team"]));
            ReportResult report = Report.Run([_folder], query with { Until = Until }, null, TestStore.Now);

            Assert.AreEqual(Finished.LongCount(passes), report.Publishes, filter);
            Assert.IsGreaterThan(0, report.Publishes, filter);
        }
    }

    [TestMethod]
    public void Retried_AreFailuresWithAnotherPublishOfTheirProjectWithinADay()
    {
        long expected = 0;
        foreach (IGrouping<string?, DocumentedPublish> project in Finished.GroupBy(static publish => publish.Text("containers_telemetry.project.id")))
        {
            DocumentedPublish[] inOrder = [.. project.OrderBy(static publish => publish.Time)];
            expected += inOrder.Zip(inOrder.Skip(1)).LongCount(
                static pair => pair.First.Outcome == "failure" && pair.Second.Time - pair.First.Time <= TimeSpan.FromDays(1));
        }

        Assert.IsEmpty(Querying.ReportQuery.Parse(new() { Where = ["Retried=true"] }, TestStore.Now, out var query));

        Assert.AreEqual(expected, Report.Run([_folder], query with { Until = Until }, null, TestStore.Now).Publishes);
    }

    [TestMethod]
    public void GroupsInTheOrderOfAMeasure_AreTheTopOfAllGroups()
    {
        Assert.IsEmpty(Querying.ReportQuery.Parse(
            new() { By = ["PushType"], Measures = ["Publishes,SuccessRate,DurationP95,DurationP99"], Sort = "DurationP95", Limit = "3", Minimum = "20" },
            TestStore.Now,
            out var query));

        ReportTable table = Report.Run([_folder], query with { Until = Until }, null, TestStore.Now).Table("by");

        (string? Push, long P95)[] expected =
        [
            .. Finished.GroupBy(static publish => publish.Push).Where(static group => group.Count() >= 20)
                .Select(static group => (group.Key, Nearest(group, 95))).OrderByDescending(static group => group.Item2).Take(3),
        ];
        Assert.AreSequenceEqual(expected.Select(static one => (object?)one.Push), table.Column("PushType"));
        Assert.AreSequenceEqual(expected.Select(static one => (object?)one.P95), table.Column("DurationP95"));
    }

    [TestMethod]
    [DataRow("PushType")]
    [DataRow("team")]
    public void Comparisons_AreThoseOfBothPeriods(string by)
    {
        DateTimeOffset since = new(2026, 10, 16, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset until = new(2026, 11, 15, 0, 0, 0, TimeSpan.Zero);
        Assert.IsEmpty(Querying.ReportQuery.Parse(new() { By = [by], Compare = "previous" }, TestStore.Now, out var query, ["team"]));

        ReportTable table = Report.Run([_folder], query with { Since = since, Until = until }, null, TestStore.Now).Table("by");

        ILookup<string, DocumentedPublish> groups = Finished
            .Where(publish => publish.Time >= since.UtcDateTime - (until - since) && publish.Time < until.UtcDateTime)
            .ToLookup(publish => (by == "team" ? publish.Text("containers_telemetry.dimension.team") : publish.Push) ?? CellText.None);
        Assert.IsGreaterThan(1, groups.Count);
        Assert.AreSequenceEqual(
            groups.Select(static group => group.Key).Order(StringComparer.Ordinal),
            table.Rows.Select(static row => (string)row[0]!).Order(StringComparer.Ordinal));
        foreach (object?[] row in table.Rows)
        {
            var halves = groups[(string)row[0]!].ToLookup(publish => publish.Time >= since.UtcDateTime);
            DocumentedPublish[] now = [.. halves[true]];
            DocumentedPublish[] before = [.. halves[false]];
            Assert.AreEqual(now.LongLength, row[1] ?? 0L);
            Assert.AreEqual(before.LongLength, row[2] ?? 0L);
            Assert.AreEqual(Failed(now), row[3] ?? 0L);
            Assert.AreEqual(VerdictOf(now, before), row[^1]);
        }

        static long Failed(DocumentedPublish[] publishes) => publishes.LongCount(static publish => publish.Outcome == "failure");

        static long Ended(DocumentedPublish[] publishes) => publishes.LongCount(static publish => publish.Outcome is "failure" or "success");

        string VerdictOf(DocumentedPublish[] now, DocumentedPublish[] before)
        {
            // A significance level of 0.05 for all rows together, in both directions.
            int oneIn = 20 * table.Rows.Count * 2;
            return Ended(now) == 0 ? "gone" : Ended(before) == 0 ? "new"
                : IsRarer(oneIn, Failed(now), Ended(now), Failed(before), Ended(before)) ? "worse"
                : IsRarer(oneIn, Failed(before), Ended(before), Failed(now), Ended(now)) ? "better"
                : "chance";
        }
    }

    // The exact test, in integers: the share of all distributions of the failures over the publishes that give the first period as many failures, or
    // more.
    private static bool IsRarer(int oneIn, long failures, long publishes, long otherFailures, long otherPublishes)
    {
        int all = (int)(failures + otherFailures);
        BigInteger ways = 0;
        BigInteger choices = 1;
        for (int first = all; first >= failures; first--)
        {
            ways += choices * BigInteger.Pow(publishes, first) * BigInteger.Pow(otherPublishes, all - first);
            choices = choices * first / (all - first + 1);
        }

        return ways * oneIn < BigInteger.Pow(publishes + otherPublishes, all);
    }

    [TestMethod]
    public void RegistriesThatThrottle_AreExact() => AssertCounts(
        Ask(new() { By = ["RegistryProduct"], Where = ["Error=registry_throttled"] }).Table("by"),
        "Publishes",
        ["RegistryProduct"],
        Finished.Where(static publish => publish.Text("error.type") == "registry_throttled").Select(static publish =>
            publish.Text("containers_telemetry.error.direction") switch
            {
                "pull" => new[] { publish.Text("containers_telemetry.pull.registry_product") ?? publish.Pull },
                "push" => [publish.Text("containers_telemetry.push.registry_product") ?? publish.Push],
                _ => [null],
            }));

    [TestMethod]
    public void ProjectsWithAnImagePastSupport_AreExact() => AssertCounts(
        Ask(new() { By = ["ProjectId"], Where = ["Support=ended"] }).Table("by"),
        "Publishes",
        ["ProjectId"],
        Finished.Where(IsPastSupport).Select(static publish => new[] { publish.Text("containers_telemetry.project.id") }));

    [TestMethod]
    public void FailuresBeforeAndAfterAnSdk_AreExact()
    {
        object?[] row = Ask(new() { Compare = "SdkVersion=10.0.300..10.0.401" }).Table("by").Rows.Single();

        DocumentedPublish[] before = [.. Finished.Where(static publish => publish.Text("containers_telemetry.sdk.version") == "10.0.300")];
        DocumentedPublish[] now = [.. Finished.Where(static publish => publish.Text("containers_telemetry.sdk.version") == "10.0.401")];
        Assert.AreSequenceEqual(
            new object?[]
            {
                now.LongLength,
                before.LongLength,
                now.LongCount(static publish => publish.Outcome == "failure"),
                before.LongCount(static publish => publish.Outcome == "failure"),
            },
            row[..4]);
    }

    [TestMethod]
    public void SlowestCiServices_AreExact()
    {
        ReportTable table = Ask(
            new() { By = ["CiProvider"], Where = ["CiProvider!=None"], Measures = ["Publishes,DurationP95"], Sort = "DurationP95" }).Table("by");

        Assert.AreSequenceEqual(
            Finished.Where(static publish => publish.Text("containers_telemetry.ci.provider") != "None")
                .GroupBy(static publish => publish.Text("containers_telemetry.ci.provider"))
                .Select(static group => (Name: group.Key, P95: Nearest(group, 95)))
                .OrderByDescending(static group => group.P95)
                .Select(static group => $"{group.Name} {group.P95}"),
            table.Rows.Select(static row => $"{row[0]} {row[^1]}"));
    }

    [TestMethod]
    public void UsersAndProjects_AreExact()
    {
        DateTimeOffset since = Until.AddDays(-90);
        ReportTable table = Ask(new() { Sections = ["users"] }, since).Table("users");

        DocumentedPublish[] publishes = [.. Finished.Where(publish => publish.Time >= since.UtcDateTime)];
        Assert.AreSequenceEqual(
            new object?[]
            {
                publishes.Select(static publish => publish.Text("enduser.pseudo.id")).Distinct().LongCount(),
                publishes.Select(static publish => publish.Text("containers_telemetry.project.id")).Distinct().LongCount(),
            },
            table.Column("Distinct"));
    }

    [TestMethod]
    public void TheAnswer_HasTheFiguresOfBothPeriods_AndTheErrorsThatAreNew()
    {
        DateTimeOffset since = new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset until = since.AddDays(2);
        Assert.IsEmpty(Querying.ReportQuery.Parse(new() { Sections = ["answer"] }, TestStore.Now, out var query));
        ReportResult report = Report.Run([_folder], query with { Since = since, Until = until }, null, TestStore.Now);

        DocumentedPublish[] now = [.. Finished.Where(publish => publish.Time >= since.UtcDateTime && publish.Time < until.UtcDateTime)];
        DocumentedPublish[] before = [.. Finished.Where(publish => publish.Time < since.UtcDateTime && publish.Time >= since.AddDays(-2).UtcDateTime)];
        Assert.AreSequenceEqual(new object?[] { now.LongLength, before.LongLength }, report.Table("answer").Column("Publishes"));
        Assert.AreSequenceEqual(
            new object?[] { now.LongCount(static publish => publish.Outcome == "failure"), before.LongCount(static publish => publish.Outcome == "failure") },
            report.Table("answer").Column("Failed"));
        HashSet<string?> known = [.. Finished.Where(publish => publish.Time < since.UtcDateTime).Select(static publish => publish.Text("error.type"))];
        CollectionAssert.AreEquivalent(
            now.Where(publish => publish.Outcome == "failure" && !known.Contains(publish.Text("error.type")))
                .Select(static publish => publish.Text("error.type"))
                .Distinct()
                .ToArray(),
            report.Table("new-errors").Column("Error").Cast<string?>().ToArray());
    }

    private static ReportResult Ask(Querying.ReportQueryText text, DateTimeOffset? since = null)
    {
        Assert.IsEmpty(Querying.ReportQuery.Parse(text, TestStore.Now, out var query, ["team"]));
        return Report.Run([_folder], query with { Since = since, Until = Until }, null, TestStore.Now);
    }

    private static long Nearest(IEnumerable<DocumentedPublish> publishes, double percent)
    {
        long[] values = [.. publishes.Select(static publish => publish.Number("containers_telemetry.duration_ms")).OfType<long>().Order()];
        return values[(int)Math.Ceiling(values.Length * percent / 100) - 1];
    }

    [TestMethod]
    public void AFailingCondition_NamesTheGroupsThatMeetIt()
    {
        Assert.IsEmpty(Querying.ReportQuery.Parse(new() { By = ["PushType"], FailIf = "Publishes>=1000" }, TestStore.Now, out var query));

        IReadOnlyList<string> reasons = Report.Run([_folder], query with { Until = Until }, null, TestStore.Now).FailedBecause;

        Assert.AreSequenceEqual(
            Finished.GroupBy(static publish => publish.Push)
                .Where(static group => group.Count() >= 1000)
                .Select(static group => group.Key)
                .Order(StringComparer.Ordinal),
            reasons.Select(static reason => reason.Split(',')[0]).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public void TheJqRecipeOfThePage_CountsTheSame()
    {
        string? jq = ProgramOnPath.Find("jq");
        if (jq is null)
        {
            Assert.Inconclusive("jq is not installed.");
        }

        string program = Regex.Match(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "event-format.md")), @"jq -r '(.*?)'", RegexOptions.Singleline).Groups[1].Value;
        using Process process = Process.Start(
            new ProcessStartInfo(jq, ["-r", program, .. Directory.EnumerateFiles(_folder)]) { RedirectStandardOutput = true })!;

        AssertEnds(process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(static line => line.Split('\t'))
            .GroupBy(static fields => (fields[1], fields[2] == "-" ? null : fields[2]))
            .Select(static ends => (ends.Key.Item1, ends.Key.Item2, ends.LongCount())));
    }

    [TestMethod]
    public void TheDuckDbQueryOfThePage_CountsTheSame()
    {
        string query = Regex.Match(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "event-format.md")), "```sql\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = query.Replace("events/*.jsonl", Path.Combine(_folder, "*"), StringComparison.Ordinal);
        using DuckDBDataReader reader = command.ExecuteReader();
        var found = new List<(string, string?, long)>();
        while (reader.Read())
        {
            found.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2)));
        }

        AssertEnds(found);
    }

    private static bool IsPastSupport(DocumentedPublish publish) =>
        publish.Text("containers_telemetry.base_image.name")?.StartsWith("mcr.microsoft.com/dotnet/", StringComparison.Ordinal) is true
        && publish.Text("containers_telemetry.base_image.tag")?.Split('.')[0] is "6" or "7" or "8" or "9";

    /// <summary>Compares outcomes and errors with the report.</summary>
    private static void AssertEnds(IEnumerable<(string Result, string? Error, long Publishes)> found)
    {
        ReportTable table = Report.Run(
            [_folder],
            new() { By = [Querying.ReportField.Find("Outcome")!, Querying.ReportField.Find("Error")!], Until = Until },
            null,
            TestStore.Now).Table("by");

        CollectionAssert.AreEquivalent(
            table.Rows.Where(static row => row[2] is not 0L).Select(static row => (Result((string)row[0]!), (string)row[1]! is CellText.None ? null : (string)row[1]!, (long)row[2]!)).ToArray(),
            found.ToArray());

        static string Result(string outcome) => outcome switch { "error" => "failure", "canceled" => "cancellation", _ => outcome };
    }

    private static void AssertCounts(ReportTable table, string count, string[] keys, IEnumerable<string?[]> expected)
    {
        Dictionary<string, long> wanted = expected
            .GroupBy(static key => string.Join('|', key.Select(static part => part ?? CellText.None)))
            .ToDictionary(static group => group.Key, static group => group.LongCount());
        object?[][] columns = [.. keys.Select(table.Column)];
        Dictionary<string, long> found = table.Column(count)
            .Select((cell, row) => (Key: string.Join('|', columns.Select(column => TextOf(column[row]))), Count: (long)cell!))
            .Where(static pair => pair.Count > 0)
            .ToDictionary(static pair => pair.Key, static pair => pair.Count);

        Assert.IsNotEmpty(wanted);
        CollectionAssert.AreEquivalent(wanted, found);

        static object? TextOf(object? cell) => cell is DateOnly day ? day.ToString("o", CultureInfo.InvariantCulture) : cell;
    }
}
