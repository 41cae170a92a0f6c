using System.Runtime.Versioning;
using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>The command around the report. Reports.Tests tests the figures.</summary>
[TestClass]
public sealed class ReportCommandTests
{
    [TestMethod]
    public void Report_OfAnEmptyStore_SaysSo()
    {
        using var tool = new ToolInProcess();

        var (exitCode, text) = tool.Run("report");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual("There is no store in ~/.local/share/containers-telemetry. Publish a container, or see containers-telemetry doctor.\n", text);
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
    [DataRow("report.txt", "\nFailures\n")]
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
    [DataRow("error: The format of report.xyz is not known. Add --format table|json|csv|tsv|markdown|html.\n", "-o", "report.xyz")]
    [DataRow("error: --open opens a file. Name it with -o FILE.\n", "--open")]
    public void Report_WithAWrongOption_SuggestsTheRightOne(string expected, params string[] arguments)
    {
        using var tool = new ToolInProcess();

        Assert.AreEqual((2, expected), tool.Run(["report", .. arguments]));
    }

    [TestMethod]
    [DataRow("table")]
    [DataRow("json")]
    [DataRow("csv")]
    [DataRow("tsv")]
    [DataRow("markdown")]
    [DataRow("html")]
    public void Report_InEveryFormat_GoesToAFileAndToStandardOutput(string format)
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        var (exitCode, text) = tool.Run("report", "--all", "--format", format, "-o", "-");

        Assert.AreEqual(0, exitCode);
        Assert.AreEqual((0, ""), tool.Run("report", "--all", "--format", format, "-o", "any"));
        Assert.AreEqual(File.ReadAllText(Path.Combine(tool.Home, "any")), text);
        Assert.Contains("credential_failure", text);
    }

    [TestMethod]
    [DataRow("error: folder is a folder. Name a file in it: -o folder", "folder")]
    [DataRow("error: no/such/report.json cannot be written: there is no folder ~", "no/such/report.json")]
    [DataRow("error: file/report.json cannot be written: ~", "file/report.json")]
    public void Report_ToAFileThatCannotBeWritten_SaysWhatToDo(string expected, string file)
    {
        using var tool = new ToolInProcess();
        Directory.CreateDirectory(Path.Combine(tool.Home, "folder"));
        File.WriteAllText(Path.Combine(tool.Home, "file"), "");
        StoreSamples(tool);

        var (exitCode, text) = tool.Run("report", "--format", "json", "-o", file);

        Assert.AreEqual(3, exitCode);
        Assert.StartsWith(expected, text);
        Assert.AreEqual(1, text.Count(character => character == '\n'), text);
    }

    [TestMethod]
    public void Report_ToAFullDisk_LeavesNoHalfOfAFile()
    {
        using var disk = TemporaryFileSystem.MountOrInconclusive("size=64k");
        using var tool = new ToolInProcess();
        StoreSamples(tool);
        disk.Fill();

        var (exitCode, text) = tool.Run("report", "-o", Path.Combine(disk.Path, "report.html"));

        Assert.AreEqual(3, exitCode);
        Assert.StartsWith($"error: {disk.Path}/report.html cannot be written: ", text);
        Assert.IsFalse(File.Exists(Path.Combine(disk.Path, "report.html")));
    }

    [TestMethod]
    public void Report_ToAFullDisk_KeepsTheExistingFile()
    {
        using var disk = TemporaryFileSystem.MountOrInconclusive("size=64k");
        using var tool = new ToolInProcess();
        StoreSamples(tool);
        string file = Path.Combine(disk.Path, "report.html");
        File.WriteAllText(file, "last week's");
        disk.Fill();

        var (exitCode, text) = tool.Run("report", "-o", file);

        Assert.AreEqual(3, exitCode);
        Assert.StartsWith($"error: {file} cannot be written: ", text);
        Assert.DoesNotContain(".tmp", text);
        Assert.AreEqual("last week's", File.ReadAllText(file));
        disk.MakeRoom();
        Assert.AreSequenceEqual([file], Directory.GetFileSystemEntries(disk.Path));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Report_ToAnExistingFile_ReplacesItAndKeepsItsMode()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);
        string folder = Directory.CreateDirectory(Path.Combine(tool.Home, "out")).FullName;
        string file = Path.Combine(folder, "report.json");
        File.WriteAllText(file, new string(' ', 1 << 20));
        UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.SetUnixFileMode(file, mode);

        Assert.AreEqual((0, ""), tool.Run("report", "-o", file));

        Assert.AreEqual(2, JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("publishes").GetInt64());
        Assert.AreEqual(mode, File.GetUnixFileMode(file));
        Assert.AreSequenceEqual([file], Directory.GetFileSystemEntries(folder));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Report_ToALink_IsWrittenToItsTarget()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);
        string target = Path.Combine(tool.Home, "real.json");
        File.WriteAllText(target, "last week's");
        string link = Path.Combine(tool.Home, "latest.json");
        File.CreateSymbolicLink(link, target);

        Assert.AreEqual((0, ""), tool.Run("report", "-o", link));

        Assert.AreEqual(target, new FileInfo(link).LinkTarget);
        Assert.StartsWith("{", File.ReadAllText(target));
    }

    [TestMethod]
    [DataRow(62)]
    [DataRow(80)]
    [DataRow(100)]
    public void Report_WithMoreColumnsThanFitTheTerminal_StillShowsAll(int width)
    {
        using var tool = new ToolInProcess { Width = width };
        StoreSamples(tool);

        string text = tool.Run("report", "--by", "RemotePullType,RemotePushType,Error").Text;

        foreach (string expected in (string[])
            ["RemotePushType", "MCR", "Azure", "GitHub", "credential_failure", "Publishes", "50.0 %", "812 ms", "4.8 s", "87.0 MiB"])
        {
            Assert.Contains(expected, text);
        }

        Assert.IsLessThanOrEqualTo(width, text.Split('\n').Max(line => line.Length));
    }

    [TestMethod]
    public void Report_OfEventsFromTheFuture_SaysThatTheyAreLeftOut()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now), SampleEvents.Success(SampleEvents.Now.AddYears(1), 2));

        var (exitCode, text) = tool.Run("report", "--section", "success-rate", "--format", "csv");

        Assert.AreEqual(0, exitCode);
        Assert.StartsWith("note: 1 publish is more than a day in the future, and left out. Include their time with --until to see them.\n", text);
    }

    [TestMethod]
    public void Report_OfLinesThatAreNoEvents_CountsAndNamesThem()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);
        string events = Path.Combine(tool.StorePath, "events");
        File.WriteAllText(Path.Combine(events, "notes.json"), "{\"a\":1}\nnot json\n");

        var (exitCode, text) = tool.Run("report", "--section", "success-rate", "--format", "csv");

        Assert.AreEqual(1, exitCode);
        string file = "~/.local/share/containers-telemetry/events/notes.json";
        Assert.StartsWith($"note: 2 lines could not be read: {file}:1: not OTLP; {file}:2: not JSON\nnote: {file} is not a file of OTLP/JSON lines.\n", text);
    }

    [TestMethod]
    public void Report_WhoseConditionIsMet_EndsWith4_AndSaysWhy()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.AreEqual(0, tool.Run("report", "--fail-if", "SuccessRate<50").ExitCode);
        var (exitCode, text) = tool.Run("report", "--by", "PushType", "--fail-if", "SuccessRate<60%");

        Assert.AreEqual(4, exitCode);
        Assert.StartsWith("--fail-if: Azure, SuccessRate 0.0 %\n", text);
    }

    [TestMethod]
    [DataRow("--section", "answer")]
    [DataRow("--compare", "previous")]
    public void Report_FailsByThePeriodThatItShows(params string[] arguments)
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(
            tool.StorePath,
            [
                .. Enumerable.Range(1, 8).Select(static i => SampleEvents.Success(SampleEvents.Now.AddDays(-40), i)),
                SampleEvents.Success(SampleEvents.Now.AddDays(-1), 9),
                SampleEvents.Error(SampleEvents.Now, 10),
            ]);

        var (exitCode, text) = tool.Run(["report", "--fail-if", "SuccessRate<80", .. arguments]);

        Assert.AreEqual(4, exitCode);
        Assert.StartsWith("--fail-if: SuccessRate 50.0 %\n", text);
        Assert.AreEqual(0, tool.Run("report", "--all", "--fail-if", "SuccessRate<80").ExitCode);
    }

    [TestMethod]
    [DataRow("table")]
    [DataRow("json")]
    public void Report_WhoseConditionIsAboutNoPublish_EndsWith4_InEveryFormat(string format)
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        var (exitCode, text) = tool.Run("report", "--since", "1m", "--fail-if", "Publishes<1", "--format", format);

        Assert.AreEqual(4, exitCode);
        Assert.Contains("--fail-if: Publishes 0\n", text);
    }

    [TestMethod]
    public void Report_ByDay_ShowsTheLastDays_UnlessSortedOtherwise()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(
            tool.StorePath,
            [
                .. Enumerable.Range(0, 25).Select(static i => SampleEvents.Error(SampleEvents.Now.AddDays(-i), i)),
                SampleEvents.Error(SampleEvents.Now.AddDays(-24), 25),
            ]);
        const string Worst = "2026-10-27";
        const string Last = "2026-11-20";

        AssertShows(Last, "5 earlier rows", Worst, "--by", "Day");
        AssertShows(Last, "5 earlier rows", Worst, "--by", "Day", "--sort", "Day");
        AssertShows(Worst, "5 more rows", Last, "--by", "Day", "--sort", "Failed");
        AssertShows(Last, "5 more rows", Worst, "--by", "Day", "--sort", "Day:desc");
        AssertShows(Last, "5 more rows", Worst, "--by", "Day", "--sort", "Day:desc", "--compare", "previous");
        AssertShows(Worst, "5 more rows", Last, "--by", "Day", "--compare", "previous");
        AssertShows(Last, "5 earlier rows", Worst, "--by", "SdkVersion,Day", "--measures", "Publishes");
        AssertShows(Last, "5 earlier rows", Worst, "--by", "SdkVersion,Day", "--measures", "Publishes", "--sort", "Day");
        AssertShows(Worst, "5 more rows", Last, "--by", "SdkVersion,Day", "--measures", "Publishes", "--sort", "SdkVersion");

        void AssertShows(string day, string left, string notShown, params string[] arguments)
        {
            string text = tool.Run(["report", .. arguments]).Text;

            Assert.Contains($"| {day} |", text);
            Assert.Contains(left, text);
            Assert.DoesNotContain($"| {notShown} |", text);
        }
    }

    [TestMethod]
    public void Report_WithATimePrintedByShow_ContainsThatPublish()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);
        DateTimeOffset third = SampleEvents.Now.AddHours(-3).AddTicks(1_234_567);
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(third, 3), SampleEvents.Success(third.AddTicks(1), 4));

        foreach (string line in tool.Run("show", "--json").Text.TrimEnd().Split('\n'))
        {
            string time = JsonDocument.Parse(line).RootElement.GetProperty("Time").GetString()!;

            Assert.AreEqual(
                (0, "Scope,Publishes\n(none),1\n"),
                tool.Run("report", "--where", $"Time={time}", "--by", "Scope", "--measures", "Publishes", "--format", "csv"),
                time);
        }
    }

    [TestMethod]
    public void Report_WithFiltersForTwoDays_ContainsBoth()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        string[] days = ["--where", "Day=2026-11-19", "--where", "Day=yesterday", "--where", "Day=today"];
        string[] figures = ["--by", "Outcome", "--measures", "Publishes", "--format", "csv"];

        Assert.AreEqual((0, "Outcome,Publishes\nerror,1\nsuccess,1\n"), tool.Run(["report", .. days, .. figures]));
    }

    [TestMethod]
    public void Report_ThatComparesDays_IsWholeInJson()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        var (exitCode, text) = tool.Run("report", "--compare", "Day=2026-11-19..2026-11-20", "--format", "json");

        Assert.AreEqual(0, exitCode);
        Assert.AreEqual("Day=2026-11-19..2026-11-20", JsonDocument.Parse(text).RootElement.GetProperty("query").GetProperty("compare").GetString());
    }

    [TestMethod]
    [DataRow(1, "report", "--until", "0001-01-05")]
    [DataRow(1, "report", "--since", "9999-12-31")]
    [DataRow(0, "report", "--since", "0001-01-01")]
    [DataRow(0, "show", "--since", "0001-01-01")]
    [DataRow(0, "show", "--until", "9999-12-31T23:30")]
    [DataRow(1, "show", "--until", "0001-01-01")]
    public void TheFirstAndLastMoments_AreValidInEveryTimeZone(int expected, params string[] arguments)
    {
        foreach (int hours in (int[])[-8, 0, 2])
        {
            using var tool = new ToolInProcess { UtcOffset = TimeSpan.FromHours(hours) };
            StoreSamples(tool);

            var (exitCode, text) = tool.Run(arguments);

            Assert.AreEqual(expected, exitCode, text);
            Assert.DoesNotContain("error", text.Split('\n')[0]);
        }
    }

    [TestMethod]
    public void Report_OfAFilterWithoutMatches_ListsTheValues()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.AreEqual(
            (1, "No publish matches the filters. The store has 2 publishes, the last on 2026-11-20 09:28:00 (UTC).\n"),
            tool.Run("report", "--where", "Outcome=canceled"));
        Assert.AreEqual(
            (1, "There is no publish since 2026-11-21 (UTC). The store has 2 publishes, the last on 2026-11-20 09:28:00 (UTC).\n"),
            tool.Run("report", "--since", "2026-11-21"));
        Assert.AreEqual(
            (1, "There is no store in ~/nosuch. Publish a container, or see containers-telemetry doctor.\n"), tool.Run("report", "--store", "nosuch"));
    }

    [TestMethod]
    public void Report_OfGroupsThatAreAllTooSmall_SaysSo()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.Contains("No group has 1,000 publishes or more, as --min asks.\n", tool.Run("report", "--by", "Outcome", "--min", "1000").Text);
    }

    [TestMethod]
    [DataRow("table", "(none)")]
    [DataRow("markdown", "| (none) | 1 |")]
    [DataRow("csv", "HttpStatus,Publishes\n,1\n")]
    public void Report_ByANumberThatNoPublishHas_NamesThatRow(string format, string expected)
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        string text = tool.Run("report", "--by", "HttpStatus", "--measures", "Publishes", "--where", "Outcome=success", "--fail-if", "Publishes>0", "--format", format).Text;

        Assert.StartsWith("--fail-if: (none), Publishes 1\n", text);
        Assert.Contains(expected, text["--fail-if: (none)".Length..]);
    }

    [TestMethod]
    public void Report_OfOwnEventsThatNobodyLogs_SaysSo()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.AreEqual((1, "The store has no such event of your own. Targets log them with the task LogContainerTelemetry.\n"), tool.Run("report", "--own-events"));
    }

    [TestMethod]
    public void Report_OfAStoreWithoutARecentPublish_SaysThatThereAreEarlierOnes()
    {
        using var tool = new ToolInProcess { Now = SampleEvents.Now.AddDays(200) };
        StoreSamples(tool);

        var (exitCode, text) = tool.Run("report");

        Assert.AreEqual(0, exitCode);
        Assert.StartsWith("No publish ended in this period, 2 did before it. Ask further back with --since.\n", text);
    }

    [TestMethod]
    public void Report_OfAComparisonWithAValueThatNoPublishHas_SaysSo()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        string text = tool.Run("report", "--compare", "SdkVersion=10.0.401..10.0.402", "--measures", "Publishes,Failed").Text;

        Assert.StartsWith("note: No publish has SdkVersion '10.0.402'. Did you mean 10.0.401?\n", text);
        Assert.Contains("| Publishes | before | Failed | before | ", text);
    }

    /// <summary>In the blocks of a narrow terminal, a figure before follows the title of the figure, also where there is none now.</summary>
    [TestMethod]
    public void Report_OfAComparison_InANarrowTerminal_NamesEachFigureBefore()
    {
        using var tool = new ToolInProcess { Width = 50 };
        StoreSamples(tool);

        string text = tool.Run("report", "--by", "Outcome", "--compare", "PushType=Azure..GitHub", "--measures", "Publishes").Text;

        Assert.Contains("success\n  Publishes 1  Verdict new\n", text);
        Assert.Contains("error\n  Publishes before 1  Verdict gone\n", text);
    }

    [TestMethod]
    public void Report_OfFailuresAlone_ShowsTheMeasuresThatWereAskedFor()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.Contains("| PushType | Success rate |", tool.Run("report", "--by", "PushType", "--where", "Outcome=error", "--measures", "SuccessRate").Text);
        Assert.DoesNotContain("Success rate", tool.Run("report", "--by", "PushType", "--where", "Outcome=error").Text);
    }

    /// <summary>A script gets the reason on the standard error, and the result on the standard output.</summary>
    [TestMethod]
    [DataRow("report", "--format", "csv")]
    [DataRow("report", "--format", "json")]
    [DataRow("report", "--format", "markdown")]
    [DataRow("report", "-o", "report.html")]
    [DataRow("report", "-o", "report.txt")]
    [DataRow("show", "--json")]
    [DataRow("export", "--format", "jsonl")]
    public void AnEmptyResult_InEveryFormat_SaysWhyItIsEmpty(params string[] command)
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        var (exitCode, text) = tool.Run([.. command, "--where", "Outcome=canceled"]);

        Assert.AreEqual(1, exitCode);
        Assert.Contains("No publish matches the filters. The store has 2 publishes, the last on 2026-11-20 09:2", text);
    }

    [TestMethod]
    public void Report_AsMarkdown_OfTablesWithATitle_HasIt()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.StartsWith("# Shop\n\n## Publishes by Outcome\n", tool.Run("report", "--by", "Outcome", "--format", "markdown", "--title", "Shop").Text);
        Assert.StartsWith("## Publishes by Outcome\n", tool.Run("report", "--by", "Outcome", "--format", "markdown").Text);
    }

    /// <summary>What is shown as a name finds the same field again.</summary>
    [TestMethod]
    public void ADimensionWithTheNameOfAField_IsNamedInFull()
    {
        using var tool = new ToolInProcess();
        ContainerEvent success = SampleEvents.Success(SampleEvents.Now);
        success.SetDimension("error", "mine");
        success.SetDimension("team", "payments");
        SampleEvents.Store(tool.StorePath, success);

        string fields = tool.Run("fields").Text;

        Assert.StartsWith("dimension.error ", fields);
        Assert.Contains("\nteam ", fields);
        Assert.Contains("--where dimension.error=", tool.Run("fields", "dimension.error").Text);
        Assert.Contains("| dimension.error | ", tool.Run("report", "--by", "dimension.error,team", "--measures", "Publishes").Text);
        Assert.Contains("\"dimension.error\":\"mine\"", tool.Run("show", "--where", "dimension.error=mine", "--json").Text);
    }

    [TestMethod]
    public void Fields_OfAnIdThatNothingIsFilteredBy_HasNoFilterAsItsExample()
    {
        using var tool = new ToolInProcess();

        Assert.DoesNotContain("--where", tool.Run("fields", "PublishId").Text);
    }

    [TestMethod]
    public void Fields_ListsAllFields_AndDescribesOne()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.Contains("SuccessRate, FailureRate", tool.Run("fields").Text.ReplaceLineEndings(" "));
        Assert.Contains("credential_failure", tool.Run("fields", "error").Text);
        Assert.AreEqual((2, "error: There is no field 'Eror'. Did you mean Error? See containers-telemetry fields.\n"), tool.Run("fields", "Eror"));
        Assert.IsGreaterThan(40, JsonDocument.Parse(tool.Run("fields", "--json").Text).RootElement.GetProperty("fields").GetArrayLength());
    }

    [TestMethod]
    public void Report_ToAFolder_HasAFileForEachTable()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.AreEqual((0, ""), tool.Run("report", "--section", "success-rate,failures,sdk-versions", "--format", "csv", "-o", "out/"));

        Assert.AreSequenceEqual(
            ["failures.csv", "sdk-versions.csv", "success-rate.csv"],
            Directory.GetFiles(Path.Combine(tool.Home, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.StartsWith("Publishes,", File.ReadAllText(Path.Combine(tool.Home, "out", "success-rate.csv")));
    }

    [TestMethod]
    public void Report_OfOwnEvents_CountsThemByTheirDimensions()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);
        SampleEvents.Store(tool.StorePath, SampleEvents.Usage(SampleEvents.Now.AddMinutes(-1), 5), SampleEvents.Usage(SampleEvents.Now, 6));

        Assert.AreEqual(
            (0, "dimension.step,Events,Failed\nscan,2,2\n"),
            tool.Run("report", "--own-events", "--by", "step", "--measures", "Publishes,Failed", "--format", "csv"));
        Assert.Contains("2 own events from", tool.Run("report", "--own-events").Text);
        Assert.AreEqual(2, JsonDocument.Parse(tool.Run("report", "--format", "json").Text).RootElement.GetProperty("publishes").GetInt64());
    }

    [TestMethod]
    public void Export_HasARowForEachPublish()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.AreEqual((0, ""), tool.Run("export", "-o", "publishes.csv"));
        Assert.AreEqual((0, ""), tool.Run("export", "-o", "publishes.parquet"));

        string[] lines = File.ReadAllLines(Path.Combine(tool.Home, "publishes.csv"));
        Assert.HasCount(3, lines);
        Assert.StartsWith("PublishId,Time,Outcome,", lines[0]);
        Assert.StartsWith("019ab2c4-5d6e-7f80-9a1b-000100000002,2026-11-20T09:28:00.000Z,error,", lines[2]);
        Assert.AreEqual(File.ReadAllText(Path.Combine(tool.Home, "publishes.csv")), tool.Run("export", "--format", "csv").Text);
        Assert.AreEqual("PAR1", System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(Path.Combine(tool.Home, "publishes.parquet"))[..4]));
        string json = tool.Run("export", "--format", "jsonl", "--where", "Outcome=error").Text;
        Assert.AreEqual("credential_failure", JsonDocument.Parse(json).RootElement.GetProperty("Error").GetString());
        Assert.AreEqual((2, "error: The format of publishes.xyz is not known. Add --format parquet|csv|jsonl.\n"), tool.Run("export", "-o", "publishes.xyz"));
    }

    /// <summary>A table that is too wide is two, with half of the figures each.</summary>
    [TestMethod]
    [DataRow(120, "| PushType | Image size, p50 |")]
    [DataRow(80, "| PushType | Users | Duration, |")]
    public void Report_ByAField_IsATable_InAnyUsualTerminal(int width, string second)
    {
        using var tool = new ToolInProcess { Width = width };
        StoreSamples(tool);

        string text = tool.Run("report", "--by", "PushType").Text;

        Assert.Contains("| PushType | Publishes |  Share |", text);
        Assert.Contains(second, text);
        Assert.IsLessThanOrEqualTo(width, text.Split('\n').Max(static line => line.Length));
    }

    [TestMethod]
    public void Report_NeverBreaksADate()
    {
        using var tool = new ToolInProcess { Width = 80 };
        StoreSamples(tool);

        Assert.DoesNotContain("2026-11- ", tool.Run("report", "--section", "answer,success-rate").Text);
        Assert.DoesNotContain("2026-11- ", tool.Run("report", "--all").Text);
    }

    [TestMethod]
    [DataRow("show", "--where", "team=payment", "No publish has team 'payment'. Did you mean payments? No publish matches the filters. ")]
    [DataRow("export", "--where", "team=payment", "No publish has team 'payment'. Did you mean payments? No publish matches the filters. ")]
    [DataRow("report", "--until", "2020-01-01", "There is no publish before 2020-01-01 (UTC). The store has 1 publish, the first on ")]
    [DataRow("show", "--until", "2020-01-01", "There is no publish before 2020-01-01 (local time). The store has 1 publish, the first on ")]
    public void AnEmptyAnswer_SaysWhichPartOfTheQuestionMadeItEmpty(string command, string option, string value, string reason)
    {
        using var tool = new ToolInProcess();
        ContainerEvent success = SampleEvents.Success(SampleEvents.Now);
        success.SetDimension("team", "payments");
        SampleEvents.Store(tool.StorePath, success);

        string[] format = command == "export" ? ["--format", "jsonl"] : [];

        Assert.Contains(reason, tool.Run([command, option, value, .. format]).Text);
    }

    [TestMethod]
    public void Report_OfAStoreFromTheFuture_SaysWhenItsFirstPublishIs()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now.AddDays(9)));

        Assert.Contains("There is no publish before 2026-11-20 09:30:00 (UTC). The store has 1 publish, the first on 2026-11-29 09:30:00 (UTC).", tool.Run("report").Text);
    }

    [TestMethod]
    public void ANameThatIsNotASortableFigure_IsAnsweredWithAllThatAre()
    {
        using var tool = new ToolInProcess();
        ContainerEvent success = SampleEvents.Success(SampleEvents.Now);
        success.SetDimension("team", "payments");
        SampleEvents.Store(tool.StorePath, success);

        Assert.Contains("Allowed: team, Publishes, ", tool.Run("report", "--by", "team", "--sort", "nosuch").Text);
    }

    [TestMethod]
    public void Report_ByADimensionThatNoPublishHas_SaysSo()
    {
        using var tool = new ToolInProcess();
        StoreSamples(tool);

        Assert.StartsWith("note: No publish has taem.\n", tool.Run("report", "--by", "dimension.taem").Text);
    }

    private static void StoreSamples(ToolInProcess tool) => SampleEvents.Store(
        tool.StorePath,
        SampleEvents.Success(SampleEvents.Now.AddDays(-1)),
        SampleEvents.Error(SampleEvents.Now.AddMinutes(-2), 2));
}
