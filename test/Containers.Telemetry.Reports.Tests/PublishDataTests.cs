using System.Globalization;
using Containers.Telemetry.Reports.Publication;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class PublishDataTests
{
    private static readonly Quarter Summer = new(2026, 3);
    private static string _folder = "";
    private static List<DocumentedPublish> _publishes = [];

    [ClassInitialize]
    public static void Initialize(TestContext context)
    {
        _ = context;
        _folder = Directory.CreateTempSubdirectory("containers-telemetry-data-").FullName;
        GeneratedStore.Write(_folder, 6000, seed: 3);
        _publishes = [.. DocumentedPublish.Read(_folder).Where(static publish => publish.Outcome is not null && publish.Time.Year == 2026 && publish.Time.Month is >= 7 and <= 9)];
    }

    [ClassCleanup]
    public static void Cleanup() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(2)]
    [DataRow(10)]
    [DataRow(40)]
    public void EveryRow_TellsOfEnoughUsers(int threshold)
    {
        PublishDataResult result = PublishData.Run([_folder], Summer, threshold);

        Assert.IsNotEmpty(result.Table.Rows);
        foreach (object?[] row in result.Table.Rows)
        {
            Assert.IsGreaterThanOrEqualTo(threshold, _publishes.Where(publish => CanBeIn(publish, result.Table, row)).Select(static publish => publish.Text("enduser.pseudo.id")).Distinct().Count());
        }
    }

    [TestMethod]
    public void ADay_AMonth_AndAQuarter_AreSpelledDifferently()
    {
        string[] spellings =
        [
            .. new[] { 2, 10, 40 }.SelectMany(static threshold => PublishData.Run([_folder], Summer, threshold).Table.Column("Timestamp")).Cast<string>()
                .Select(static timestamp => string.Concat(timestamp.Select(static character => char.IsAsciiDigit(character) ? '0' : character))),
        ];

        CollectionAssert.AreEquivalent(new[] { "0000-00-00", "0000-00", "0000Q0" }, spellings.Distinct().ToArray());
    }

    [TestMethod]
    public void PublishedAndWithheld_AreAllPublishes()
    {
        PublishDataResult result = PublishData.Run([_folder], Summer);

        Assert.AreEqual(_publishes.Count, result.Publishes);
        Assert.AreEqual(result.Publishes, result.Table.Column("Occurrences").Sum(static cell => (long)cell!) + result.Withheld);
        Assert.IsGreaterThan(0, result.Merged);
    }

    [TestMethod]
    public void TooFewUsersInAll_AreWithheld()
    {
        PublishDataResult result = PublishData.Run([_folder], Summer, threshold: 1_000_000);

        Assert.IsEmpty(result.Table.Rows);
        Assert.AreEqual(result.Publishes, result.Withheld);
    }

    [TestMethod]
    public void WithoutAThreshold_EveryValueIsThere()
    {
        PublishDataResult result = PublishData.Run([_folder], Summer, threshold: 1);

        Assert.AreEqual(0, result.Merged);
        Assert.IsFalse(result.Table.Rows.Any(static row => row.Contains("*")));
        Assert.AreEqual(
            _publishes.LongCount(static publish => publish.Pull == "MCR" && publish.Push == "Azure"),
            result.Table.Rows.Where(static row => row[8] is "MCR>Azure").Sum(static row => (long)row[1]!));
    }

    [TestMethod]
    public void TheFile_HasTheColumnsOfTheUsageDataOfTheCli()
    {
        using var text = new StringWriter();
        TsvRenderer.Write([PublishData.Run([_folder], Summer).Table], text);

        Assert.AreEqual(
            "Timestamp\tOccurrences\tCommand\tGeography\tOSFamily\tRuntimeID\tOSVersion\tSDKVersion\tRegistryKinds\tOutcome\tErrorKind\tBaseImage\tBaseImageTag",
            text.ToString().Split('\n')[0]);
    }

    [TestMethod]
    [DataRow("2026Q4", "2026-10-01")]
    [DataRow("2026-q1", "2026-01-01")]
    public void AQuarter_IsRead(string text, string firstDay)
    {
        Assert.IsTrue(Quarter.TryParse(text, out Quarter quarter));
        Assert.AreEqual(firstDay, quarter.FirstDay.ToString("o", CultureInfo.InvariantCulture));
    }

    [TestMethod]
    [DataRow("2026")]
    [DataRow("2026Q5")]
    [DataRow("Q4")]
    [DataRow("20264Q")]
    [DataRow("0000Q1")]
    public void WhatIsNoQuarter_IsRefused(string text) => Assert.IsFalse(Quarter.TryParse(text, out _));

    /// <summary>Whether a publish is like a row in all that the row still says.</summary>
    private static bool CanBeIn(DocumentedPublish publish, ReportTable table, object?[] row)
    {
        return Is("OSFamily", publish.Text("os.type") switch { "linux" => "Linux", "darwin" => "MacOS", "windows" => "Windows", _ => "Other" })
            && Is("Geography", publish.Text("geo.country.iso_code"))
            && Is("OSVersion", publish.Text("containers_telemetry.os.release"))
            && Is("RegistryKinds", publish.Pull + ">" + publish.Push)
            && Is("ErrorKind", publish.Text("error.type"))
            && Is("BaseImage", publish.Text("containers_telemetry.base_image.name"))
            && Begins("SDKVersion", publish.Text("containers_telemetry.sdk.version"))
            && Begins("BaseImageTag", publish.Text("containers_telemetry.base_image.tag"))
            && (Cell("Timestamp") == Summer.ToString() || publish.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).StartsWith(Cell("Timestamp"), StringComparison.Ordinal));

        string Cell(string column) => (string)row[table.Columns.ToList().FindIndex(candidate => candidate.Id == column)]!;

        bool Is(string column, string? value) => Cell(column) is "*" || Cell(column) == (value ?? "");

        bool Begins(string column, string? value) => Cell(column) is "*" || (value ?? "").StartsWith(Cell(column).TrimEnd('x'), StringComparison.Ordinal);
    }
}
