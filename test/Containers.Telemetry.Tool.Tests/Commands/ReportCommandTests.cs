using System.Text.Json;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>What the tool does around the report; the figures are tested where they are made.</summary>
[TestClass]
public sealed class ReportCommandTests
{
    [TestMethod]
    public void Report_OfAnEmptyStore_SaysSo()
    {
        using var tool = new ToolInProcess();

        var (exitCode, text) = tool.Run("report");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual("There is no such publish. Publish a container, or see containers-telemetry doctor.\n", text);
    }

    [TestMethod]
    [DataRow(120, "report")]
    [DataRow(40, "report-narrow")]
    public void Report_InATerminal_ShowsTables(int width, string snapshot)
    {
        using var tool = new ToolInProcess { Width = width };
        StoreSamples(tool);

        Snapshot.Matches(snapshot, tool.Run("report", "--section", "success-rate,failures").Text);
    }

    [TestMethod]
    [DataRow("report.json", "{")]
    [DataRow("report.csv", "Error,")]
    [DataRow("report.tsv", "Error\t")]
    [DataRow("report.md", "## Failures")]
    public void Report_ToAFile_HasTheFormatOfItsEnding(string file, string start)
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.AreEqual((0, ""), tool.Run("report", "--section", "failures", "-o", file));

        Assert.Contains(start, File.ReadAllText(Path.Combine(tool.Home, file)));
    }

    [TestMethod]
    public void Report_AsJson_IsTheSameOnStandardOutputAndInAFile()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        var (_, text) = tool.Run("report", "--format", "json");
        tool.Run("report", "-o", "report.json");

        Assert.AreEqual(2, JsonDocument.Parse(text).RootElement.GetProperty("publishes").GetInt64());
        Assert.AreEqual(File.ReadAllText(Path.Combine(tool.Home, "report.json")), text);
    }

    [TestMethod]
    [DataRow("error: --by: There is no field 'Outcom'. Did you mean Outcome? See containers-telemetry report --help.\n", "--by", "Outcom")]
    [DataRow("error: The format of report.xyz is not known. Add --format json|csv|tsv|markdown|html.\n", "-o", "report.xyz")]
    [DataRow("error: --open opens a file. Name it with -o FILE.\n", "--open")]
    public void Report_WithAWrongOption_SaysWhatWasMeant(string expected, params string[] arguments)
    {
        using var tool = new ToolInProcess();

        Assert.AreEqual((2, expected), tool.Run(["report", .. arguments]));
    }

    [TestMethod]
    public void PublishData_OfFewUsers_WithholdsThem()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        var (exitCode, text) = tool.Run("publish-data", "--quarter", "2026Q4", "-o", "data.tsv");

        Assert.AreEqual(1, exitCode);
        Assert.Contains("Of 2 publishes, 0 are less exact than they were, and 2 are withheld.", text);
        Assert.StartsWith("Timestamp\tOccurrences", File.ReadAllText(Path.Combine(tool.Home, "data.tsv")));
    }

    private static void StoreSamples(ToolInProcess tool) => SampleEvents.Store(
        tool.StorePath,
        SampleEvents.Success(SampleEvents.Now.AddDays(-1)),
        SampleEvents.Error(SampleEvents.Now.AddMinutes(-2), 2));
}
