using System.Globalization;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class RenderingTests
{
    [TestMethod]
    [DataRow(ColumnKind.Count, 1234567L, "1,234,567")]
    [DataRow(ColumnKind.Bytes, 999L, "999 B")]
    [DataRow(ColumnKind.Bytes, 91_234_567L, "87.0 MiB")]
    [DataRow(ColumnKind.Bytes, 1_048_100L, "1.0 MiB")]
    [DataRow(ColumnKind.Bytes, long.MaxValue, "8.0 EiB")]
    [DataRow(ColumnKind.Duration, 812L, "812 ms")]
    [DataRow(ColumnKind.Duration, 59_949L, "59.9 s")]
    [DataRow(ColumnKind.Duration, 59_950L, "1.0 min")]
    [DataRow(ColumnKind.Duration, 61_000L, "1.0 min")]
    [DataRow(ColumnKind.Duration, 3_597_000L, "1.0 h")]
    [DataRow(ColumnKind.Duration, 86_220_000L, "1.0 d")]
    [DataRow(ColumnKind.Duration, 172_800_000L, "2.0 d")]
    [DataRow(ColumnKind.Percent, 0.9731, "97.3 %")]
    [DataRow(ColumnKind.Percent, 1.0, "100.0 %")]
    [DataRow(ColumnKind.Percent, 4999 / 5000.0, ">99.9 %")]
    [DataRow(ColumnKind.Percent, 0.999, "99.9 %")]
    [DataRow(ColumnKind.Percent, 1 / 5000.0, "<0.1 %")]
    [DataRow(ColumnKind.Percent, 0.0, "0.0 %")]
    [DataRow(ColumnKind.Percent, -0.05, "-5.0 %")]
    [DataRow(ColumnKind.Percent, 12.5, "1,250.0 %")]
    [DataRow(ColumnKind.Points, -0.012, "-1.2 pp")]
    [DataRow(ColumnKind.Points, 0.0002, "0.0 pp")]
    [DataRow(ColumnKind.Text, null, "")]
    public void Cells_AreShortForPeople_InAnyCulture(ColumnKind kind, object? cell, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.CurrentCulture = german;
        try
        {
            Assert.AreEqual(expected, CellText.Format(kind, cell));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    [DataRow(ColumnKind.Duration, 1_203L, "1,203 ms")]
    [DataRow(ColumnKind.Duration, 1_204L, "1,204 ms")]
    [DataRow(ColumnKind.Bytes, 91_226_112L, "87 MiB")]
    [DataRow(ColumnKind.Bytes, 91_226_113L, "91,226,113 B")]
    [DataRow(ColumnKind.Count, 1_234L, "1,234")]
    [DataRow(ColumnKind.Duration, null, "(none)")]
    public void TheNameOfARow_IsNotRounded(ColumnKind kind, object? cell, string expected) =>
        Assert.AreEqual(expected, new ReportColumn("Key", "Key", kind) { IsKey = true }.Format(cell));

    [TestMethod]
    public void Csv_QuotesSpecialCharacters_AndMarksFormulas()
    {
        Assert.AreEqual("Name,Number\n\"a,\"\"b\"\"\",1\n'=cmd(),-2\n,3\n", Text(CsvRenderer.Write, Table(("a,\"b\"", 1), ("=cmd()", -2), (null, 3))));
    }

    [TestMethod]
    public void Tsv_HasNoLineEndsInCells() => Assert.AreEqual("Name\tNumber\na b c\t1\n", Text(TsvRenderer.Write, Table(("a\tb\nc", 1))));

    [TestMethod]
    public void SeveralTables_AreSetApart()
    {
        Assert.AreEqual("Table,Name,Number\nt,a,1\n\nTable,Name,Number\nt,b,2\n", Text(CsvRenderer.Write, Table(("a", 1)), Table(("b", 2))));
    }

    [TestMethod]
    public void Markdown_EscapesCells()
    {
        Assert.AreEqual(
            "## Title\n\n| Name | Number |\n| --- | ---: |\n| a\\|&lt;b&gt; | 1,000 |\n\nNote.\n",
            Text(MarkdownRenderer.Write, Table(("a|<b>", 1000))));
    }

    [TestMethod]
    public void Markdown_OpensWithTheAnswer_AndFoldsTheTables()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1, tag: "6.0"), TestStore.Success(1), TestStore.Failure(2));
        using var output = new StringWriter();

        MarkdownRenderer.Write(store.Report() with { Title = "Shop <1>" }, output);

        string[] lines = output.ToString().Split('\n');
        Assert.AreEqual("## Shop &lt;1&gt;", lines[0]);
        Assert.AreEqual("**50.0 % of 2 publishes succeeded.**", lines[2]);
        Assert.Contains("There is no earlier period to compare with.", lines);
        Assert.Contains("- **Past support**: aspnet:6.0 (0 projects)", lines);
        Assert.Contains("<details><summary>Base images</summary>", lines);
        Assert.AreEqual(lines.Count(static line => line.StartsWith("<details>", StringComparison.Ordinal)), lines.Count(static line => line == "</details>"));
        Assert.IsTrue(
            lines.All(static line => !line.StartsWith('<') || line is "</details>" || line.StartsWith("<details><summary>", StringComparison.Ordinal)));
        Assert.DoesNotContain("No publishes.", output.ToString(), "Empty tables must be left out.");
    }

    [TestMethod]
    public void AnEmptyStore_IsAReportWithoutPublishes()
    {
        using var store = new TestStore();
        ReportResult report = store.Report();

        Assert.AreEqual(0, report.Publishes);
        Assert.AreEqual(0L, report.Table("success-rate").Cell("Publishes"));
        Assert.IsNull(report.Table("success-rate").Cell("SuccessRate"));
        Assert.Contains("No publishes.", Text(MarkdownRenderer.Write, report.Table("base-images")));
    }

    [TestMethod]
    public void Json_HasTheContentOfTheTables()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1, tag: "6.0"), TestStore.Success(1), TestStore.Failure(2), "not json");
        ReportResult report = store.Report();
        using var buffer = new MemoryStream();
        JsonRenderer.Write(report, buffer);

        JsonElement json = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray())).RootElement;
        JsonElement image = json.GetProperty("tables").EnumerateArray()
            .Single(static table => table.GetProperty("id").GetString() == "base-images")
            .GetProperty("rows").EnumerateArray().Single(static row => row.GetProperty("BaseImageTag").GetString() == "6.0");

        Assert.AreEqual(1, json.GetProperty("version").GetInt32());
        Assert.AreEqual(2, json.GetProperty("publishes").GetInt32());
        Assert.AreEqual(0.5, image.GetProperty("Share").GetDouble());
        Assert.AreEqual("ended", image.GetProperty("Support").GetString());
        Assert.AreEqual("2024-11-12", image.GetProperty("SupportEnds").GetString());
        Assert.AreEqual("corrupt", json.GetProperty("reading").GetProperty("firstUnreadable")[0].GetProperty("problem").GetString());
    }

    [TestMethod]
    [DataRow("2027-01-01", null, "2027-01-01T00:00", "2027-01-01T00:00")]
    [DataRow("2026-11-01", null, "2026-11-01T00:00", "2026-11-21T12:00")]
    [DataRow("2026-11-01", "2026-11-10", "2026-11-01T00:00", "2026-11-10T00:00")]
    public void APeriodThatHasNotBegun_IsEmpty(string since, string? until, string from, string to)
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1));

        ReportResult report = store.Report(new() { Since = since, Until = until });

        Assert.AreEqual(DateTimeOffset.Parse(from + "Z", CultureInfo.InvariantCulture), report.Period.From);
        Assert.AreEqual(DateTimeOffset.Parse(to + "Z", CultureInfo.InvariantCulture), report.Period.To);
    }

    [TestMethod]
    public void TheLastThirtyDays_EndWithTheReport_EvenIfThePeriodEndsLater()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1));

        ReportTable answer = store.Report(new() { Until = "2027-12-31", Sections = ["answer"] }).Table("answer");

        Assert.AreEqual(TestStore.Now, answer.Column("To")[0]);
        Assert.AreEqual(1L, answer.Column("Publishes")[0]);
    }

    [TestMethod]
    public void EventsFromTheFuture_AreLeftOutAndCounted()
    {
        using var store = new TestStore();
        store.Write(TestStore.Success(1), TestStore.Success(2, time: TestStore.Now.AddMinutes(5)), TestStore.Success(3, time: TestStore.Now.AddYears(70)));

        ReportResult report = store.Report();

        Assert.AreEqual(2, report.Publishes);
        Assert.AreEqual(1, report.FromTheFuture);
    }

    [TestMethod]
    public void AValueThatNoPublishHas_IsAnsweredWithTheNearest()
    {
        using var store = new TestStore();
        store.Write(TestStore.Inference(1, tag: "10.0-noble"), TestStore.Success(1));

        ReportResult report = store.Report(new() { Where = ["BaseImageTag=10.0-nobel"] });

        Assert.AreEqual(0, report.Publishes);
        Assert.AreSequenceEqual(new[] { "10.0-noble" }, report.UnknownValues.Single().Nearest);
    }

    [TestMethod]
    [DataRow("10.0.401", "supported")]
    [DataRow("8.0-alpine", "ended")]
    [DataRow("3.1", "ended")]
    [DataRow("11.0.100-rc.1", "supported")]
    [DataRow("latest", null)]
    public void Support_EndsWithItsLastDay(string version, string? state)
    {
        Assert.AreEqual(state, DotnetSupport.StateOf(version, new DateOnly(2026, 11, 21)));
        Assert.AreEqual("supported", DotnetSupport.StateOf("8.0", new DateOnly(2026, 11, 10)));
    }

    [TestMethod]
    public void Support_OfTheDotnetThatRunsThis_IsKnown() =>
        Assert.IsNotNull(DotnetSupport.EndOf(Environment.Version.ToString(2)), $"DotnetSupport lacks .NET {Environment.Version.ToString(2)}.");

    private static ReportTable Table(params (string? Name, long Number)[] rows)
    {
        var table = new ReportTable("t", "Title", [new("Name", "Name", ColumnKind.Text), new("Number", "Number", ColumnKind.Count)], "Note.");
        foreach ((string? name, long number) in rows)
        {
            table.Add(name, number);
        }

        return table;
    }

    private static string Text(Action<IReadOnlyList<ReportTable>, TextWriter> write, params ReportTable[] tables)
    {
        using var text = new StringWriter();
        write(tables, text);
        return text.ToString();
    }
}
