using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.Events;
using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>The commands that read and write the store.</summary>
[TestClass]
public sealed class StoreCommandTests
{
    [TestMethod]
    public void Show_ByOutcomeAgeAndNumber_PrintsTheLatestMatches()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, Enumerable.Range(1, 30).Select(day => SampleEvents.Error(SampleEvents.Now.AddDays(-day), day)));
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));

        Assert.AreEqual(20, LinesOf(tool.Run("show", "--events").Text));
        Assert.AreEqual(31, LinesOf(tool.Run("show", "--events", "--last", "100").Text));
        Assert.AreEqual(7, LinesOf(tool.Run("show", "--events", "--since", "7d", "--outcome", "error").Text));
        var (_, json) = tool.Run("show", "--events", "--last", "1", "--json");
        Assert.AreEqual("success", JsonDocument.Parse(json).RootElement.GetProperty("Outcome").GetString());
        Assert.AreEqual(1, tool.Run("show", "--events", "--outcome", "canceled").ExitCode);
    }

    [TestMethod]
    public void Show_ListsOnePublishPerLine_TheLatestLast()
    {
        using var tool = new ToolInProcess { Width = 80 };
        SampleEvents.Store(
            tool.StorePath,
            SampleEvents.Inference(SampleEvents.Now.AddDays(-1)),
            SampleEvents.Success(SampleEvents.Now.AddDays(-1).AddSeconds(4)),
            SampleEvents.Error(SampleEvents.Now.AddMinutes(-9), 2),
            SampleEvents.Inference(SampleEvents.Now.AddMinutes(-1), 3));

        string[] lines = tool.Run("show").Text.Split('\n');

        Assert.AreEqual("Age  Outcome  Error                       From -> to     Duration  Id", lines[0]);
        Assert.AreEqual("23h  success                              MCR -> GitHub     4.8 s  00000001", lines[1]);
        Assert.AreEqual("9m   error    credential_failure on push  MCR -> Azure     812 ms  00000002", lines[2]);
        Assert.AreEqual("1m   running                                                       00000003", lines[3]);
    }

    [TestMethod]
    public void Show_WithFilters_ListsThePublishesThatPass()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, Enumerable.Range(1, 30).Select(day => SampleEvents.Error(SampleEvents.Now.AddDays(-day), day)));
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now, 31));

        Assert.AreEqual(1 + 20, LinesOf(tool.Run("show").Text));
        Assert.AreEqual(1 + 30, LinesOf(tool.Run("show", "--where", "Outcome=error").Text));
        Assert.AreEqual(1 + 3, LinesOf(tool.Run("show", "--where", "Outcome=error", "-n", "3").Text));
        Assert.AreEqual(1 + 1, LinesOf(tool.Run("show", "--where", "Duration>1s").Text));
        Assert.AreEqual(1 + 5, LinesOf(tool.Run("show", "--since", "2026-11-14", "--until", "2026-11-19").Text));
        Assert.AreEqual("success", JsonDocument.Parse(tool.Run("show", "-n", "1", "--json").Text).RootElement.GetProperty("Outcome").GetString());
        Assert.AreEqual(
            (1, "No publish matches the filters. The store has 31 publishes, the last on 2026-11-20 09:30:00 (local time).\n"),
            tool.Run("show", "--outcome", "canceled"));
        Assert.AreEqual(
            (1, "There is no publish since 2026-11-21 (local time). The store has 31 publishes, the last on 2026-11-20 09:30:00 (local time).\n"),
            tool.Run("show", "--since", "2026-11-21"));
        Assert.AreEqual(
            (2, "error: --where: Outcome cannot be 'failed'. Allowed: success, error, canceled, unfinished, running. See containers-telemetry show --help.\n"),
            tool.Run("show", "--where", "Outcome=failed"));
    }

    [TestMethod]
    [DataRow("1h", "2026-11-20 09:30:00 (local time)", "2026-11-20 05:30:00 (local time)", "show")]
    [DataRow("1h", "2026-11-20 08:30:00 (UTC)", "2026-11-20 04:30:00 (UTC)", "export", "--format", "csv")]
    [DataRow("2026-11-21", "2026-11-21 (local time)", "2026-11-20 05:30:00 (local time)", "show")]
    [DataRow("2026-11-21", "2026-11-21 (UTC)", "2026-11-20 04:30:00 (UTC)", "export", "--format", "csv")]
    [DataRow("2026-11-20T10:00", "2026-11-20 10:00:00 (local time)", "2026-11-20 05:30:00 (local time)", "show")]
    public void NoPublishSinceAMoment_IsReportedInTheTypedTimeZone(string since, string expected, string last, params string[] command)
    {
        using var tool = new ToolInProcess { UtcOffset = TimeSpan.FromHours(1) };
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now.AddHours(-5)));

        var (exitCode, text) = tool.Run([.. command, "--since", since]);

        Assert.AreEqual(1, exitCode);
        Assert.StartsWith($"There is no publish since {expected}. The store has 1 publish, the last on {last}.\n", text);
    }

    [TestMethod]
    [DataRow(-1, "running", "1 minute ago")]
    [DataRow(-120, "unfinished", "2 hours ago")]
    public void Show_OfAnUnfinishedId_AgreesWithTheList(int minutes, string outcome, string age)
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(SampleEvents.Now.AddMinutes(minutes), 3));

        string text = tool.Run("show", "00000003").Text;

        Assert.Contains($"  {outcome}  ", tool.Run("show").Text);
        Assert.AreEqual(outcome == "running" ? 0 : 1, tool.Run("show", "--where", "Outcome=running").ExitCode);
        Assert.AreEqual(outcome == "running" ? 0 : 1, tool.Run("show", "--outcome", "running").ExitCode);
        Assert.AreEqual(outcome == "running" ? 1 : 0, tool.Run("show", "--where", "Outcome=unfinished").ExitCode);
        Assert.AreEqual(outcome == "running" ? 0 : 1, tool.Run("show", "--where", "Outcome!=unfinished").ExitCode);
        Assert.AreEqual(0, tool.Run("show", "--where", "Outcome=").ExitCode);
        Assert.MatchesRegex($@"\nOutcome +{outcome}\nLast event +2026-11-20 \d\d:\d\d:00 local time, {age}\n", text);
        Assert.DoesNotContain("Ended", text);
    }

    [TestMethod]
    public void Show_OfAnIdThatTheSameUserPublishedAgain_IsUnfinishedAsInTheList()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, OfUser(-10, 1), OfUser(-1, 2));

        Assert.MatchesRegex(@"\n10m +unfinished .*\n1m +running ", tool.Run("show").Text);
        Assert.MatchesRegex(@"\nOutcome +unfinished\nLast event +2026-11-20 09:20:00 local time", tool.Run("show", "00000001").Text);
        Assert.MatchesRegex(@"\nOutcome +running\nLast event +2026-11-20 09:29:00 local time", tool.Run("show", "00000002").Text);

        static Containers.Telemetry.Events.ContainerEvent OfUser(int minutes, int number)
        {
            DateTimeOffset time = SampleEvents.Now.AddMinutes(minutes);
            Containers.Telemetry.Events.ContainerEvent inference = SampleEvents.Inference(time, number);
            inference.Set(
                Containers.Telemetry.Events.Schema.DetailFields.PublishId, Guid.ParseExact($"{time.ToUnixTimeMilliseconds():x12}7000a000{number:x12}", "N"));
            inference.Set(Containers.Telemetry.Events.Schema.IdentityFields.AnonymousUserId, "11111111-1111-4111-8111-111111111111");
            inference.Set(Containers.Telemetry.Events.Schema.IdentityFields.ProjectId, "5f2b8c0d9e1a4736b8c0d9e1a47365f2");
            return inference;
        }
    }

    [TestMethod]
    [DataRow("export", "--format", "jsonl")]
    [DataRow("export", "--format", "csv")]
    [DataRow("show", "-n", "1000", "--json")]
    [DataRow("show", "-n", "1000")]
    [DataRow("show", "--since", "7d", "--json")]
    [DataRow("show", "--where", "team=payments")]
    [DataRow("show", "--where", "dimension.team=payments", "--json")]
    [DataRow("report", "--by", "team")]
    [DataRow("report", "--where", "team=payments", "--by", "team")]
    [DataRow("report", "--section", "dimensions")]
    [DataRow("report", "--format", "json")]
    public void ADimensionOfOneEventInTheMiddle_IsFound(params string[] command)
    {
        using var inOneFile = new ToolInProcess { Width = 200 };
        using var inManyFiles = new ToolInProcess { Width = 200 };
        byte[][] lines =
        [
            .. Enumerable.Range(1, 1000)
                .Select(static number => SampleEvents.Line(OfTeam(SampleEvents.Success(SampleEvents.Now.AddMinutes(number - 1001), number)))),
        ];
        Write(inOneFile, lines);
        Write(inManyFiles, [.. lines.Chunk(5).Select(static some => some.SelectMany(static line => line).ToArray())], each: true);

        foreach (ToolInProcess tool in (ToolInProcess[])[inOneFile, inManyFiles])
        {
            var (exitCode, text) = tool.Run(command);

            Assert.AreEqual(0, exitCode, text);
            Assert.Contains("payments", text);
            Assert.AreEqual(0, tool.Run("fields", "team").ExitCode);
            Assert.Contains("\nteam ", "\n" + tool.Run("fields").Text);
        }

        static Containers.Telemetry.Events.ContainerEvent OfTeam(Containers.Telemetry.Events.ContainerEvent end)
        {
            if (end.Find(Containers.Telemetry.Events.Schema.DetailFields.PublishId) is string id && id.EndsWith("000001f4", StringComparison.Ordinal))
            {
                end.SetDimension("team", "payments");
            }

            return end;
        }

        static void Write(ToolInProcess tool, byte[][] parts, bool each = false)
        {
            string folder = Directory.CreateDirectory(Path.Combine(tool.StorePath, "events")).FullName;
            byte[][] files = each ? parts : [[.. parts.SelectMany(static part => part)]];
            for (int i = 0; i < files.Length; i++)
            {
                File.WriteAllBytes(Path.Combine(folder, FormattableString.Invariant($"{i + 1:0000000000}-20261101T000000Z.jsonl")), files[i]);
            }
        }
    }

    [TestMethod]
    public void Show_OfAnId_NamesTheErrorAndTheRemedy()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(
            tool.StorePath,
            SampleEvents.Inference(SampleEvents.Now.AddMinutes(-9), 2),
            SampleEvents.Error(SampleEvents.Now.AddMinutes(-9), 2),
            SampleEvents.Success(SampleEvents.Now, 3));

        var (exitCode, text) = tool.Run("show", "00000002");

        Assert.AreEqual(0, exitCode);
        string[] all =
        [
            "019ab2c4-5d6e-7f80-9a1b-000100000002", "credential_failure on push (CONTAINER1013, HTTP 403)", "docker login", "base image chosen",
            "mcr.microsoft.com/dotnet/aspnet:10.0", "TargetFramework net10.0", "SdkVersion 10.0.401",
        ];
        foreach (string expected in all)
        {
            Assert.Contains(expected, text);
        }

        Assert.AreEqual(text, tool.Run("show", "019ab2c4-5d6e-7f80-9a1b-000100000002").Text);
        Assert.AreEqual(tool.Run("show", "--json", "--outcome", "error").Text, tool.Run("show", "00000002", "--json").Text);
        Assert.AreEqual(2, LinesOf(tool.Run("show", "00000002", "--events", "--json").Text));
        Assert.Contains("sdk/container/inference", tool.Run("show", "00000002", "--events", "--json").Text);
        Assert.AreEqual((1, "There is no publish 00000009 in the store. containers-telemetry show lists the last ones.\n"), tool.Run("show", "00000009"));
        Assert.AreEqual(2, tool.Run("show", "shop").ExitCode);
    }

    [TestMethod]
    public void Json_HasTruthValues_NotTexts()
    {
        using var tool = new ToolInProcess();
        ContainerEvent failure = SampleEvents.Error(SampleEvents.Now, 2);
        failure.Set(Containers.Telemetry.Events.Schema.IdentityFields.ProjectId, "5f2b8c0d9e1a4736b8c0d9e1a47365f2");
        SampleEvents.Store(tool.StorePath, failure);

        Assert.Contains("\"Retried\":false", tool.Run("show", "--json").Text);
        Assert.Contains("\"Retried\":false", tool.Run("export", "--format", "jsonl").Text);
        Assert.AreEqual((0, ""), tool.Run("export", "-o", "publishes.parquet"));
    }

    [TestMethod]
    public void Show_OfAnUnfinishedPublish_AsJson_IsThePublishOfTheList()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(SampleEvents.Now.AddHours(-2), 2), SampleEvents.Success(SampleEvents.Now, 3));

        Assert.AreEqual(tool.Run("show", "--json", "--outcome", "unfinished"), tool.Run("show", "00000002", "--json"));
        Assert.Contains("\"Outcome\":\"unfinished\"", tool.Run("show", "00000002", "--json").Text);
        Assert.AreEqual(tool.Run("show", "--events", "--outcome", "unfinished"), tool.Run("show", "00000002", "--events"));
    }

    [TestMethod]
    public void Show_OfAnId_BreaksNoLineWithinAField()
    {
        using var tool = new ToolInProcess { Width = 80 };
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(SampleEvents.Now.AddMinutes(-9), 2), SampleEvents.Error(SampleEvents.Now.AddMinutes(-9), 2));

        string[] lines = tool.Run("show", "00000002").Text.Split('\n');

        int image = Array.FindIndex(lines, static line => line.StartsWith("Image ", StringComparison.Ordinal));
        Assert.AreEqual("Image       from mcr.microsoft.com/dotnet/aspnet:10.0  TargetFramework net10.0", lines[image]);
        Assert.AreEqual("            ProjectType AspNetCore  PublishMode FrameworkDependent", lines[image + 1]);
    }

    [TestMethod]
    [DataRow("00000001", null, "30 later")]
    [DataRow("00000014", "14 earlier", "16 later")]
    [DataRow("00000028", "30 earlier", null)]
    public void Show_OfAnId_NamesTheTriesAroundIt_AndCountsTheOthers(string id, string? earlier, string? later)
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(
            tool.StorePath, Enumerable.Range(1, 40).Select(static number => OfProject(SampleEvents.Error(SampleEvents.Now.AddMinutes(number - 60), number))));

        string text = tool.Run("show", id).Text;

        string[] tries = text[text.IndexOf("Tries", StringComparison.Ordinal)..].TrimEnd('\n').Split('\n');
        Assert.AreEqual(1, tries.Count(static line => line.EndsWith("this one", StringComparison.Ordinal)));
        Assert.AreEqual(10, tries.Count(static line => line.Contains("  error  ", StringComparison.Ordinal)));
        Assert.AreEqual(earlier is not null, earlier is not null && tries[0].EndsWith(earlier, StringComparison.Ordinal), text);
        Assert.AreEqual(later is not null, later is not null && tries[^1].EndsWith(later, StringComparison.Ordinal), text);
        Assert.HasCount(10 + (earlier is null ? 0 : 1) + (later is null ? 0 : 1), tries);

        static Containers.Telemetry.Events.ContainerEvent OfProject(Containers.Telemetry.Events.ContainerEvent end)
        {
            end.Set(Containers.Telemetry.Events.Schema.IdentityFields.ProjectId, "5f2b8c0d9e1a4736b8c0d9e1a47365f2");
            return end;
        }
    }

    [TestMethod]
    public void Show_OfAnIdThatSeveralHave_ListsThem()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now, 0x10002), SampleEvents.Success(SampleEvents.Now, 0x20002));

        var (exitCode, text) = tool.Run("show", "0002");

        Assert.AreEqual(2, exitCode);
        Assert.Contains("2 publishes end in 0002: 019ab2c4-5d6e-7f80-9a1b-000100010002, 019ab2c4-5d6e-7f80-9a1b-000100020002.", text);
    }

    /// <summary>Lists print the first digits of a project, so filters take them.</summary>
    [TestMethod]
    [DataRow("show")]
    [DataRow("report", "--section", "success-rate")]
    [DataRow("export", "--format", "csv")]
    public void AFilterByAProject_TakesTheDigitsThatAListPrints(params string[] command)
    {
        using var tool = new ToolInProcess { Width = 100 };
        SampleEvents.Store(
            tool.StorePath,
            OfProject("5f2b8c0d9e1a4736b8c0d9e1a47365f2", 1),
            OfProject("5f2b8c0d9e1a4736b8c0d9e1a4736000", 2),
            OfProject("cd103413000000000000000000000000", 3));
        Assert.Contains("  cd103413  ", tool.Run("show").Text);

        string expected = tool.Run([.. command, "--where", "ProjectId=cd103413000000000000000000000000"]).Text;
        Assert.AreEqual((0, expected), tool.Run([.. command, "--where", "ProjectId=CD103413"]));
        Assert.AreEqual((0, expected), tool.Run([.. command, "--where", "ProjectId=cd10"]));
        Assert.AreEqual(0, tool.Run([.. command, "--where", "ProjectId!=cd103413"]).ExitCode);
        Assert.AreEqual(
            (2, "error: --where: ProjectId '5f2b8c0d' is the beginning of 5f2b8c0d9e1a4736b8c0d9e1a4736000, 5f2b8c0d9e1a4736b8c0d9e1a47365f2. Write more digits.\n"),
            tool.Run([.. command, "--where", "ProjectId=5f2b8c0d"]));

        static Containers.Telemetry.Events.ContainerEvent OfProject(string id, int number)
        {
            Containers.Telemetry.Events.ContainerEvent end = SampleEvents.Success(SampleEvents.Now, number);
            end.Set(Containers.Telemetry.Events.Schema.IdentityFields.ProjectId, id);
            return end;
        }
    }

    [TestMethod]
    public void Show_NamesTheProjectsOfTheList()
    {
        using var tool = new ToolInProcess { Width = 100 };
        string project = Path.Combine(Directory.CreateDirectory(Path.Combine(tool.Home, "src", "Shop")).FullName, "Shop.csproj");
        ProjectWithPackage.Write(project, "");

        Assert.AreEqual((0, "1 project added. containers-telemetry show names it.\n"), tool.Run("projects", "src"));

        string id = tool.Run("projects").Text.Split(' ')[0];
        Containers.Telemetry.Events.ContainerEvent end = SampleEvents.Success(SampleEvents.Now);
        end.Set(Containers.Telemetry.Events.Schema.IdentityFields.ProjectId, id);
        SampleEvents.Store(tool.StorePath, end);
        Assert.Contains("  Shop  ", tool.Run("show").Text);
        Assert.Contains("\n| Shop      |", tool.Run("report", "--by", "ProjectId").Text);
        Assert.Contains("  Shop  ", tool.Run("show", "--where", "ProjectId=shop").Text);
        Assert.AreEqual(0, tool.Run("export", "--format", "csv", "--where", "ProjectId=Shop").ExitCode);
        Assert.AreEqual(0, tool.Run("projects", "--remove", "shop").ExitCode);
        Assert.Contains($"  {id[..8]}  ", tool.Run("show").Text);
        Assert.AreEqual(1, tool.Run("projects").ExitCode);
    }

    [TestMethod]
    public void Projects_AFileThatIsNoProject_IsRefused()
    {
        using var tool = new ToolInProcess();
        File.WriteAllText(Path.Combine(tool.Home, "README.md"), "");

        Assert.AreEqual((2, "error: README.md is not a project file (.csproj, .fsproj, .vbproj).\n"), tool.Run("projects", "README.md"));
        Assert.AreEqual(1, tool.Run("projects").ExitCode);
    }

    /// <summary>A report reads every file of lines in the folder of events, and no other command says otherwise.</summary>
    [TestMethod]
    [DataRow("agent-7.jsonl", false)]
    [DataRow("agent-7.jsonl.gz", true)]
    public void AFileThatSomebodyCopiedIntoTheStore_IsReadByEveryCommand_AndLeftByPurge(string name, bool isCompressed)
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now.AddHours(-2)));
        string other = Path.Combine(tool.StorePath, "events", name);
        byte[] line = SampleEvents.Line(SampleEvents.Error(SampleEvents.Now.AddHours(-1), 2));
        File.WriteAllBytes(other, isCompressed ? Gzip(line) : line);

        Assert.Contains("50.0 % of 2 publishes succeeded", tool.Run("report").Text);
        Assert.Contains("credential_failure on push", tool.Run("show", "00000002").Text);
        Assert.AreEqual(2, tool.Run("show", "--events").Text.Split('\n').Count(static line => line.Contains("MCR ->", StringComparison.Ordinal)));
        Assert.Contains(" 2 events, ", tool.Run("status").Text);
        Assert.AreEqual(
            (1, $"note: 1 file is left that no publish has written, such as ~/.local/share/containers-telemetry/events/{name}. Reports read it. Delete it yourself.\nDeleted 1 event.\n"),
            tool.Run("purge", "--yes"));
        Assert.IsTrue(File.Exists(other));
    }

    [TestMethod]
    public void ACompressedFileInTheStore_ThatWasCopiedHalf_GivesItsWholeLines()
    {
        using var tool = new ToolInProcess();
        string events = Directory.CreateDirectory(Path.Combine(tool.StorePath, "events")).FullName;
        byte[] lines = [.. Enumerable.Range(1, 200).SelectMany(static number => SampleEvents.Line(SampleEvents.Error(SampleEvents.Now, number)))];
        File.WriteAllBytes(Path.Combine(events, "agent-7.jsonl.gz"), Gzip(lines)[..^100]);

        Assert.Contains("credential_failure on push", tool.Run("show", "00000002").Text);
        Assert.AreEqual(0, tool.Run("show", "--events").ExitCode);
        Assert.MatchesRegex(@"\n +1\d\d events, ", tool.Run("status").Text);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(compressed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("a\nb")]
    public void Projects_ABlankOrMultilineName_IsRefused(string name)
    {
        using var tool = new ToolInProcess();
        ProjectWithPackage.Write(Path.Combine(tool.Home, "Shop.csproj"), "");

        var (exitCode, text) = tool.Run("projects", "Shop.csproj", "--name", name);

        Assert.AreEqual(2, exitCode);
        Assert.Contains("--name takes a name", text);
        Assert.AreEqual(1, tool.Run("projects").ExitCode);
    }

    [TestMethod]
    public void Show_OfEveryKindOfError_HasARemedy()
    {
        foreach (string kind in Containers.Telemetry.Failures.ErrorKinds.Names)
        {
            Assert.IsNotNull(Containers.Telemetry.Tool.Show.Remedies.Find(kind), kind);
        }
    }

    [TestMethod]
    public void Show_OfAUserWithoutAHome_SaysWhatToDo()
    {
        using var tool = new ToolInProcess();
        tool.Variables.Remove("HOME");

        Assert.AreEqual(
            (3, "error: There is no folder for the store: this user has no home. Name one with --store or CONTAINERS_TELEMETRY_STORE.\n"),
            tool.Run("show", "--events"));
    }

    [TestMethod]
    public void Show_OfADamagedStore_PrintsTheRestAndCounts()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        string segment = Directory.GetFiles(Path.Combine(tool.StorePath, "events"), "*.jsonl").Single();
        File.AppendAllText(segment, "{\"resourceLogs\":[\n{\"torn");

        var (exitCode, text) = tool.Run("show", "--events");

        Assert.AreEqual(0, exitCode);
        Assert.StartsWith("note: 2 damaged lines were skipped.\n", text);
        Assert.Contains("success", text);
    }

    [TestMethod]
    public void Show_OfAnEventThatIsThereTwice_PrintsItOnce()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now), SampleEvents.Success(SampleEvents.Now));

        Assert.AreEqual(1, LinesOf(tool.Run("show", "--events").Text));
    }

    [TestMethod]
    public void Purge_WithoutATerminal_DeletesNothing()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));

        var (exitCode, text) = tool.Run("purge");

        Assert.AreEqual(2, exitCode);
        Assert.Contains("--yes", text);
        Assert.AreEqual(1, LinesOf(tool.Run("show", "--events").Text));
    }

    [TestMethod]
    [DataRow("n\n", 1, 1)]
    [DataRow("\n", 1, 1)]
    [DataRow("", 1, 1)]
    [DataRow("y\n", 0, 0)]
    public void Purge_AsksFirst(string answer, int expectedExitCode, int expectedEvents)
    {
        using var tool = new ToolInProcess { Answers = answer };
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));

        var (exitCode, text) = tool.Run("purge");

        Assert.AreEqual(expectedExitCode, exitCode);
        Assert.Contains("Delete 1 event in ~/.local/share/containers-telemetry? [y/N]", text);
        Assert.AreEqual(expectedEvents, LinesOf(tool.Run("show", "--events", "--json").Text));
    }

    [TestMethod]
    public void Purge_BeforeADay_KeepsLaterEvents()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, Enumerable.Range(0, 10).Select(day => SampleEvents.Success(SampleEvents.Now.AddDays(-day), day)));

        var (exitCode, text) = tool.Run("purge", "--before", "5d", "--yes");

        Assert.AreEqual(0, exitCode);
        Assert.AreEqual("Deleted 4 events from before 2026-11-15 09:30:00.\n", text);
        Assert.AreEqual(6, LinesOf(tool.Run("show", "--events").Text));
        Assert.AreEqual(
            "There are no events from before 2026-11-15 09:30:00 in ~/.local/share/containers-telemetry.\n", tool.Run("purge", "--before", "5d").Text);
    }

    [TestMethod]
    public void Purge_BeforeADay_OfTheCurrentFile_KeepsLaterEventsOnce()
    {
        using var tool = new ToolInProcess();
        File.WriteAllBytes(
            Path.Combine(tool.Home, "agent.jsonl"),
            SampleEvents.Lines(Enumerable.Range(0, 10).Select(day => SampleEvents.Success(SampleEvents.Now.AddDays(-day), day))));
        tool.Run("import", "agent.jsonl");

        Assert.AreEqual((0, "Deleted 4 events from before 2026-11-15 09:30:00.\n"), tool.Run("purge", "--before", "5d", "--yes"));

        Assert.Contains("6 events, ", tool.Run("status").Text);
        Assert.AreEqual(0, tool.Run("purge", "--before", "5d", "--yes").ExitCode);
        tool.Run("import", "agent.jsonl");
        Assert.Contains("10 events, ", tool.Run("status").Text);
    }

    [TestMethod]
    public void Purge_WhileAPublishWrites_DeletesNothing_AndSaysSo()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now), SampleEvents.Success(SampleEvents.Now.AddDays(-9), 2));

        using (File.Open(Path.Combine(tool.StorePath, "events", "lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.AreEqual(
                (1, "note: A publish is storing or sending events, so some could not be deleted. Run the command again.\n"
                    + "Deleted 0 events from before 2026-11-15 09:30:00.\n"),
                tool.Run("purge", "--before", "5d", "--yes"));
        }

        Assert.Contains("2 events, ", tool.Run("status").Text);
        Assert.AreEqual((0, "Deleted 1 event from before 2026-11-15 09:30:00.\n"), tool.Run("purge", "--before", "5d", "--yes"));
        Assert.Contains("1 event, ", tool.Run("status").Text);
    }

    [TestMethod]
    [DataRow("purge", "--yes")]
    [DataRow("show")]
    [DataRow("report")]
    [DataRow("export", "--format", "csv")]
    [DataRow("flush")]
    [DataRow("import", "agent.jsonl")]
    [DataRow("fields")]
    public void AnInvalidStoreVariable_IsReportedOnceWithTheFolderThatIsUsed(params string[] arguments)
    {
        const string Note = "note: CTEL0005: The environment variable CONTAINERS_TELEMETRY_STORE must be the absolute path of a folder. "
            + "Its value is not, so events are stored in the default folder. It is ~/.local/share/containers-telemetry.\n";
        using var tool = new ToolInProcess();
        tool.Variables["CONTAINERS_TELEMETRY_STORE"] = "ci-store";
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        File.WriteAllBytes(Path.Combine(tool.Home, "agent.jsonl"), SampleEvents.Line(SampleEvents.Error(SampleEvents.Now, 2)));

        string text = tool.Run(arguments).Text;

        Assert.StartsWith(Note, text);
        Assert.DoesNotContain("CTEL0005", text[Note.Length..]);
        Assert.DoesNotContain("CTEL0005", tool.Run([.. arguments, "--store", "ci-store"]).Text);
    }

    [TestMethod]
    public void Status_OfAnInvalidStoreVariable_SaysSoOnce()
    {
        using var tool = new ToolInProcess();
        tool.Variables["CONTAINERS_TELEMETRY_STORE"] = "ci-store";

        Assert.HasCount(2, tool.Run("status").Text.Split("CTEL0005"));
        Assert.HasCount(2, tool.Run("status", "--json").Text.Split("CTEL0005"));
    }

    [TestMethod]
    public void Show_shortens_a_long_dimension_instead_of_leaving_all_of_them_out()
    {
        using var tool = new ToolInProcess();
        ContainerEvent success = SampleEvents.Success(SampleEvents.Now);
        success.SetDimension("service", "a-service-with-a-name-" + new string('x', 40));
        success.SetDimension("team", new string('y', 60));
        SampleEvents.Store(tool.StorePath, success);

        string text = tool.Run("show").Text;

        Assert.Contains("  Dimensions  ", text);
        Assert.Contains("  a-service-with-a-name-xxxxxxxxxxxxxxxxx…  ", text);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Import_of_standard_input_is_as_that_of_a_file(bool isCompressed)
    {
        byte[] lines = [.. SampleEvents.Lines(SampleEvents.Success(SampleEvents.Now), SampleEvents.Error(SampleEvents.Now, 2)), .. "not JSON\n"u8];
        using var tool = new ToolInProcess { Input = isCompressed ? Compressed(lines) : lines };

        var (exitCode, text) = tool.Run("import", "-");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual("note: 1 line could not be read: standard input:3: not JSON\nImported 2 events from standard input.\n", text);
        Assert.Contains("note: 1 line could not be read", tool.Run("import", "-", "--json").Text);
        Assert.Contains("\"duplicates\": 2", tool.Run("import", "-", "--json").Text);

        static byte[] Compressed(byte[] bytes)
        {
            using var result = new MemoryStream();
            using (var zip = new GZipStream(result, CompressionMode.Compress))
            {
                zip.Write(bytes);
            }

            return result.ToArray();
        }
    }

    [TestMethod]
    [DataRow("", "note: Standard input has no event of Containers.Telemetry. Name the files of a store, or of a Collector's file exporter.\n")]
    [DataRow("{\n", "standard input is not a file of OTLP/JSON lines; nothing was imported from it. " +
        "Where its JSON is spread over several lines, put each request in one: jq -c .\n")]
    public void Import_of_standard_input_without_events_says_so(string input, string note)
    {
        using var tool = new ToolInProcess { Input = Encoding.UTF8.GetBytes(input) };

        Assert.AreEqual(note + "Imported 0 events from standard input.\n", tool.Run("import", "-").Text);
    }

    [TestMethod]
    public void Import_of_standard_input_shows_how_much_has_come()
    {
        using var tool = new ToolInProcess { Input = SampleEvents.Lines(SampleEvents.Success(SampleEvents.Now)), UsesEscapes = true };

        string text = tool.Run("import", "-").Text;

        Assert.Contains("Importing", text);
        Assert.DoesNotContain("%", text);
        Assert.Contains("Imported 1 event from standard input.", text);
    }

    [TestMethod]
    public void Import_of_the_keyboard_is_refused()
    {
        using var tool = new ToolInProcess { Answers = "" };

        Assert.AreEqual(
            (2, "error: import - reads events from a pipe: cat events.jsonl | containers-telemetry import -.\n"), tool.Run("import", "-"));
    }

    [TestMethod]
    [DataRow("show")]
    [DataRow("report")]
    [DataRow("status")]
    [DataRow("import", "a.jsonl")]
    public void A_store_that_is_a_file_of_events_is_refused_with_the_command_that_imports_it(params string[] command)
    {
        using var tool = new ToolInProcess();
        File.WriteAllBytes(Path.Combine(tool.Home, "a.jsonl"), SampleEvents.Lines(SampleEvents.Success(SampleEvents.Now)));

        Assert.AreEqual(
            (2, "error: --store names the folder of a store, and a.jsonl is a file. Import its events into a store: containers-telemetry import a.jsonl --store DIR.\n"),
            tool.Run([.. command, "--store", "a.jsonl"]));
    }

    [TestMethod]
    public void A_store_that_is_a_folder_of_files_is_answered_with_what_to_do()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        Directory.CreateDirectory(Path.Combine(tool.Home, "agents"));
        File.WriteAllBytes(Path.Combine(tool.Home, "agents", "a.jsonl"), SampleEvents.Lines(SampleEvents.Success(SampleEvents.Now)));

        Assert.AreEqual(
            (1, "~/agents has files of events, but is no store. Import them into one: containers-telemetry import ~/agents --store DIR.\n"),
            tool.Run("report", "--store", "agents"));
        Assert.AreEqual(
            (1, "~/.local/share/containers-telemetry/events is the folder of the events in a store. Name the store: --store ~/.local/share/containers-telemetry.\n"),
            tool.Run("show", "--store", Path.Combine(tool.StorePath, "events")));
    }

    [TestMethod]
    public void Import_OfFilesAndFolders_ImportsEachEventOnce()
    {
        using var tool = new ToolInProcess();
        byte[] lines = SampleEvents.Lines(
            SampleEvents.Inference(SampleEvents.Now), SampleEvents.Success(SampleEvents.Now), SampleEvents.Error(SampleEvents.Now, 2));
        File.WriteAllBytes(Path.Combine(tool.Home, "agent.jsonl"), lines);
        Directory.CreateDirectory(Path.Combine(tool.Home, "fleet", "one"));
        Compress(Path.Combine(tool.Home, "fleet", "one", "agent.jsonl.gz"), [.. lines, .. SampleEvents.Line(SampleEvents.Canceled(SampleEvents.Now, 3))]);

        var (exitCode, text) = tool.Run("import", "agent.jsonl", "fleet");
        var again = tool.Run("import", "fleet");

        Assert.AreEqual("Imported 4 events from 2 files; 3 were there already.\n", text);
        Assert.AreEqual(0, exitCode);
        Assert.AreEqual("Imported 0 events from 1 file; 4 were there already.\n", again.Text);
        Assert.AreEqual(4, LinesOf(tool.Run("show", "--events").Text));
    }

    [TestMethod]
    public void Import_KeepsAllFieldsOfTheEvents()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(Path.Combine(tool.Home, "original"), SampleEvents.Inference(SampleEvents.Now), SampleEvents.Error(SampleEvents.Now, 2));

        tool.Run("import", "original");

        Assert.AreEqual(tool.Run("show", "--events", "--json", "--store", "original").Text, tool.Run("show", "--events", "--json").Text);
    }

    [TestMethod]
    public void Import_OfALineOfManyRecords_ImportsThemAll()
    {
        using var tool = new ToolInProcess();
        string[] requests =
            [.. new[] { 1, 2, 3 }.Select(number => Encoding.UTF8.GetString(SampleEvents.Line(SampleEvents.Success(SampleEvents.Now, number))).TrimEnd())];
        string joined = "{\"resourceLogs\":[" + string.Join(',', requests.Select(request => request["{\"resourceLogs\":[".Length..^2])) + "]}";
        File.WriteAllText(Path.Combine(tool.Home, "collector.json"), joined);

        Assert.AreEqual("Imported 3 events from 1 file.\n", tool.Run("import", "collector.json").Text);
    }

    [TestMethod]
    public void Import_OfBadLines_CountsThemAndNamesTheFirstThree()
    {
        using var tool = new ToolInProcess();
        byte[] good = SampleEvents.Line(SampleEvents.Success(SampleEvents.Now));
        byte[] nested = Encoding.ASCII.GetBytes("{\"resourceLogs\":" + new string('[', 5000) + new string(']', 5000) + "}\n");
        File.WriteAllBytes(
            Path.Combine(tool.Home, "mixed.jsonl"),
            [.. good, .. "\r\n"u8, .. "{\"a\":1}\n"u8, .. "{\"resourceLogs\":[\"\xff\"]}\n"u8, .. nested, .. "torn"u8, .. "\n{\"resourceSpans\":[]}"u8]);

        var (exitCode, text) = tool.Run("import", "mixed.jsonl");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual(
            """
            note: 3 lines could not be read: mixed.jsonl:3: not OTLP; mixed.jsonl:5: not JSON; mixed.jsonl:6: not JSON
            Imported 1 event from 1 file.

            """.ReplaceLineEndings("\n"),
            text);
    }

    [TestMethod]
    public void Import_OfALineWhoseWriterWasKilled_LosesNothing()
    {
        using var tool = new ToolInProcess();
        byte[] whole = SampleEvents.Line(SampleEvents.Success(SampleEvents.Now));
        File.WriteAllBytes(Path.Combine(tool.Home, "killed.jsonl"), [.. whole[..200], 0x18, (byte)'\n', .. whole]);

        Assert.AreEqual((0, "Imported 1 event from 1 file.\n"), tool.Run("import", "killed.jsonl"));
    }

    [TestMethod]
    public void Import_OfInvalidUtf8AndOfALineThatIsTooLong_SkipsThem()
    {
        using var tool = new ToolInProcess();
        using (FileStream file = File.Create(Path.Combine(tool.Home, "odd.jsonl")))
        {
            file.Write(SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
            file.Write([(byte)'"', 0xff, 0xfe, (byte)'"', (byte)'\n']);
            byte[] filler = new byte[1 << 20];
            Array.Fill(filler, (byte)' ');
            for (int i = 0; i < 40; i++)
            {
                file.Write(filler);
            }

            file.Write("x\n"u8);
            file.Write(SampleEvents.Line(SampleEvents.Error(SampleEvents.Now, 2)));
        }

        var (exitCode, text) = tool.Run("import", "odd.jsonl");

        Assert.AreEqual(1, exitCode);
        Assert.Contains("odd.jsonl:2: not UTF-8; odd.jsonl:3: longer than can be read", text);
        Assert.Contains("Imported 2 events", text);
    }

    [TestMethod]
    [DataRow("""{"resourceSpans":[]}""", "note: 1 file has no event of Containers.Telemetry, but spans or metrics. Events are log records.\n")]
    [DataRow(
        """{"resourceLogs":[{"scopeLogs":[{"scope":{"name":"other"},"logRecords":[{"eventName":"x"}]}]}]}""",
        "note: 1 file has no event of Containers.Telemetry. Name the files of a store, or of a Collector's file exporter.\n")]
    [DataRow("", "note: 1 file has no event of Containers.Telemetry. Name the files of a store, or of a Collector's file exporter.\n")]
    public void Import_OfAFileWithoutEvents_SaysSo(string line, string note)
    {
        using var tool = new ToolInProcess();
        File.WriteAllText(Path.Combine(tool.Home, "other.jsonl"), line + "\n");

        Assert.AreEqual((0, note + "Imported 0 events from 1 file.\n"), tool.Run("import", "other.jsonl"));
    }

    [TestMethod]
    public void Import_OfAnotherFormat_ImportsNothing()
    {
        using var tool = new ToolInProcess();
        byte[] noise = new byte[1 << 20];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(Path.Combine(tool.Home, "photo.jpg"), noise);

        var (exitCode, text) = tool.Run("import", "photo.jpg");

        Assert.AreEqual(1, exitCode);
        Assert.AreEqual("photo.jpg is not a file of OTLP/JSON lines; nothing was imported from it.\nImported 0 events from 1 file.\n", text);
    }

    [TestMethod]
    public void Import_OfADamagedArchive_KeepsTheEventsBeforeTheDamage()
    {
        using var tool = new ToolInProcess();
        string path = Path.Combine(tool.Home, "cut.jsonl.gz");
        byte[] lines = SampleEvents.Lines(Enumerable.Range(1, 2000).Select(number => SampleEvents.Success(SampleEvents.Now, number)));
        Compress(path, lines);
        byte[] compressed = File.ReadAllBytes(path);
        Array.Fill(compressed, (byte)0xff, compressed.Length / 2, compressed.Length - (compressed.Length / 2));
        File.WriteAllBytes(path, compressed);

        var (exitCode, text) = tool.Run("import", "cut.jsonl.gz");

        Assert.AreEqual(1, exitCode);
        Assert.Contains("could not be read", text);
        Assert.IsGreaterThan(100, LinesOf(tool.Run("show", "--events", "--last", "5000").Text));
    }

    [TestMethod]
    public void Import_OfAFileWithAByteOrderMark_ImportsItsFirstLine()
    {
        using var tool = new ToolInProcess();
        File.WriteAllBytes(
            Path.Combine(tool.Home, "marked.jsonl"),
            [.. "\uFEFF"u8, .. SampleEvents.Lines(SampleEvents.Success(SampleEvents.Now), SampleEvents.Error(SampleEvents.Now, 2))]);

        Assert.AreEqual((0, "Imported 2 events from 1 file.\n"), tool.Run("import", "marked.jsonl"));
    }

    [TestMethod]
    public void Import_OfAFileThatBeginsWithManyBadLines_ReadsTheRest()
    {
        using var tool = new ToolInProcess();
        File.WriteAllBytes(
            Path.Combine(tool.Home, "late.jsonl"),
            [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("noise\n", 500))), .. SampleEvents.Line(SampleEvents.Success(SampleEvents.Now))]);

        Assert.AreEqual(
            (1, "note: 500 lines could not be read; the first ones: late.jsonl:1: not JSON; late.jsonl:2: not JSON; late.jsonl:3: not JSON\n"
                + "Imported 1 event from 1 file.\n"),
            tool.Run("import", "late.jsonl"));
    }

    [TestMethod]
    [DataRow("pretty.json", "pretty.json")]
    [DataRow("my pretty.json", "'my pretty.json'")]
    public void Import_OfARequestOnSeveralLines_SaysHowToConvertItToOneLine(string name, string word)
    {
        using var tool = new ToolInProcess();
        string indented = System.Text.Json.Nodes.JsonNode.Parse(SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)))!
            .ToJsonString(new() { WriteIndented = true });
        File.WriteAllText(Path.Combine(tool.Home, name), indented);

        var (exitCode, text) = tool.Run("import", name);

        Assert.AreEqual(1, exitCode);
        Assert.StartsWith(
            $"{name} is not a file of OTLP/JSON lines; nothing was imported from it. Where its JSON is spread over several lines, put each request in one: "
                + $"jq -c . {(OperatingSystem.IsWindows() ? word.Replace('\'', '"') : word)}\n",
            text);
    }

    [TestMethod]
    public void Import_OfANewerEvent_SaysWhichVersionReadsIt()
    {
        using var tool = new ToolInProcess();
        string line = Encoding.UTF8.GetString(SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        File.WriteAllText(
            Path.Combine(tool.Home, "newer.jsonl"),
            line.Replace("min_reader_version\",\"value\":{\"intValue\":\"2\"", "min_reader_version\",\"value\":{\"intValue\":\"9\"", StringComparison.Ordinal));

        Assert.AreEqual(
            (1, "note: 1 event needs a reader of version 9. Update containers-telemetry.\nImported 0 events from 1 file.\n"),
            tool.Run("import", "newer.jsonl"));
    }

    [TestMethod]
    public void Import_OfAFolderWithCircularLinks_ImportsEachFileOnce()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Creating a symbolic link needs a privilege on Windows.");
        }

        using var tool = new ToolInProcess();
        string folder = Directory.CreateDirectory(Path.Combine(tool.Home, "tree", "branch")).Parent!.FullName;
        File.WriteAllBytes(Path.Combine(folder, "branch", "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        Directory.CreateSymbolicLink(Path.Combine(folder, "branch", "up"), "..");
        Directory.CreateSymbolicLink(Path.Combine(folder, "branch", "here"), ".");
        File.CreateSymbolicLink(Path.Combine(folder, "endless.jsonl"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(folder, "self.jsonl"), "self.jsonl");

        Assert.AreEqual((0, "Imported 1 event from 1 file.\n"), tool.Run("import", "tree"));
    }

    [TestMethod]
    public void Import_OfHomesOfAgents_FindsTheirStores()
    {
        using var tool = new ToolInProcess();
        string events = Directory.CreateDirectory(Path.Combine(tool.Home, "fleet", "agent-1", ".local", "share", "containers-telemetry", "events")).FullName;
        File.WriteAllBytes(Path.Combine(events, "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        File.WriteAllBytes(Path.Combine(tool.Home, "fleet", ".agent-2.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now, 2)));

        Assert.AreEqual((0, "Imported 2 events from 2 files.\n"), tool.Run("import", "fleet"));
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [UnsupportedOSPlatform("windows")]
    public void Import_OfAFolderThatHoldsAnUnreadableOne_NamesIt_AndReadsTheRest()
    {
        using var tool = new ToolInProcess();
        string closed = Directory.CreateDirectory(Path.Combine(tool.Home, "fleet", "closed")).FullName;
        File.WriteAllBytes(Path.Combine(tool.Home, "fleet", "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        File.SetUnixFileMode(closed, UnixFileMode.None);

        var (exitCode, text) = tool.Run("import", "fleet");

        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.AreEqual(1, exitCode, text);
        Assert.StartsWith($"{Path.Combine("fleet", "closed")} cannot be read: ", text);
        Assert.EndsWith("Imported 1 event from 1 file.\n", text);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [UnsupportedOSPlatform("windows")]
    public void Import_OfAnUnreadableFolderAmongOthers_NamesIt_AndReadsTheRest()
    {
        using var tool = new ToolInProcess();
        string closed = Directory.CreateDirectory(Path.Combine(tool.Home, "closed")).FullName;
        File.WriteAllBytes(Path.Combine(tool.Home, "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        File.SetUnixFileMode(closed, UnixFileMode.None);

        var (exitCode, text) = tool.Run("import", "closed", "agent.jsonl");

        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.AreEqual(1, exitCode, text);
        Assert.StartsWith("closed cannot be read: ", text);
        Assert.EndsWith("Imported 1 event from 1 file.\n", text);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [UnsupportedOSPlatform("windows")]
    public void Purge_OfAFileThatThisUserMayNotRead_DeletesTheRest_AndSaysSo()
    {
        const string Note =
            "note: 1 file is left that this user may not read. Delete the folder ~/.local/share/containers-telemetry, or have its owner do it.\n";
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        string closed = Path.Combine(tool.StorePath, "events", "0000000001-20261101T000000Z.jsonl");
        File.WriteAllBytes(closed, SampleEvents.Line(SampleEvents.Error(SampleEvents.Now, 2)));
        File.SetUnixFileMode(closed, UnixFileMode.None);

        Assert.AreEqual((1, Note + "Deleted 1 event.\n"), tool.Run("purge", "--yes"));
        Assert.AreEqual((1, Note), tool.Run("purge", "--yes"));
        Assert.AreSequenceEqual([closed], Directory.GetFiles(Path.GetDirectoryName(closed)!, "*.jsonl"));
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [UnsupportedOSPlatform("windows")]
    public void Status_OfAStoreWithoutPermissionToWrite_SaysSo()
    {
        using var tool = new ToolInProcess { Width = 400 };
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        string events = Path.Combine(tool.StorePath, "events");
        File.SetUnixFileMode(events, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var (exitCode, text) = tool.Run("status");

        File.SetUnixFileMode(events, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.AreEqual(1, exitCode, text);
        Assert.Contains("Events are not stored. Access to the folder is denied.", text);
        Assert.Contains(" 1 event, ", text);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Status_OfALinkedStore_SaysThatNothingIsStored()
    {
        using var tool = new ToolInProcess { Width = 400 };
        Directory.CreateDirectory(tool.StorePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(Path.Combine(tool.StorePath, "events"), Directory.CreateDirectory(Path.Combine(tool.Home, "elsewhere")).FullName);

        var (exitCode, text) = tool.Run("status");

        Assert.AreEqual(1, exitCode, text);
        Assert.Contains("Events are not stored. The folder, a parent folder, or a file in it is a symbolic link.", text);
        Assert.Contains("Remove the link, ", text);
    }

    [TestMethod]
    public void Status_SaysWhetherTheCliSendsTheEventsOfTheSdk()
    {
        using var tool = new ToolInProcess { Width = 400 };

        Assert.Contains(" the .NET CLI gets the SDK's events, without ids and dimensions, and sends them to Microsoft; ", tool.Run("status").Text);

        tool.Variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";

        Assert.Contains(" the SDK raises its own events, and the .NET CLI sends none, by DOTNET_CLI_TELEMETRY_OPTOUT\n", tool.Run("status").Text);
    }

    [TestMethod]
    [NeedsFilePermissions, TestCategory(NeedsFilePermissionsAttribute.Category)]
    [DataRow("show")]
    [DataRow("report")]
    [DataRow("purge", "--yes")]
    [DataRow("flush")]
    [UnsupportedOSPlatform("windows")]
    public void AStoreWithoutPermissionToRead_IsAFailure(params string[] arguments)
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Success(SampleEvents.Now));
        File.SetUnixFileMode(tool.StorePath, UnixFileMode.None);

        var result = tool.Run(arguments);

        File.SetUnixFileMode(tool.StorePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.AreEqual(
            (3, "error: The store cannot be used. Access to the folder is denied. containers-telemetry status shows where it is; --store names another.\n"),
            result);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Import_OfAPathThatIsTooLong_NamesIt_AndReadsTheRest()
    {
        using var tool = new ToolInProcess();
        string fleet = Directory.CreateDirectory(Path.Combine(tool.Home, "fleet")).FullName;
        File.WriteAllBytes(Path.Combine(fleet, "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        RunShell(
            """i=0; while [ $i -lt 25 ]; do mkdir "$1" && cd -P "$1" || exit 1; i=$((i + 1)); done; echo none >agent.jsonl""", fleet, new string('d', 200));

        var (exitCode, text) = tool.Run("import", "fleet");

        // The runtime cannot delete a path of this length.
        RunShell("rm -rf ddd*", fleet);
        Assert.AreEqual(1, exitCode);
        Assert.MatchesRegex(@"^fleet(/d{200})+ cannot be read: Its path is longer than this system allows\.\nImported 1 event from 1 file\.\n$", text);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void AFileOrAFolderWhoseNameIsNotUtf8_IsNamed_AndTheRestIsRead()
    {
        const string Reason = "cannot be read: Its name is not UTF-8. Rename it.\n";
        using var tool = new ToolInProcess();
        string events = Directory.CreateDirectory(Path.Combine(tool.Home, "fleet", "events")).FullName;
        File.WriteAllBytes(Path.Combine(events, "agent.jsonl"), SampleEvents.Line(SampleEvents.Success(SampleEvents.Now)));
        RunShell(
            """cp agent.jsonl "$(printf 'b\351.jsonl')"; mkdir "$(printf 'c\351')"; cp agent.jsonl "$(printf 'c\351')"; touch "$(printf 'd\351.txt')" """,
            events);

        var shown = tool.Run("show", "--store", "fleet");
        var imported = tool.Run("import", "fleet");

        // The runtime cannot delete files with these names.
        RunShell("rm -rf [bcd]*", events);
        Assert.AreEqual((0, 1), (shown.ExitCode, imported.ExitCode));
        foreach (string name in (string[])["b\uFFFD.jsonl", "c\uFFFD"])
        {
            Assert.Contains($"note: ~/fleet/events/{name} {Reason}", shown.Text);
            Assert.Contains($"fleet/events/{name} {Reason}", imported.Text);
        }

        Assert.HasCount(4, imported.Text.Split('\n'));
        Assert.EndsWith("\nImported 1 event from 1 file.\n", imported.Text);
    }

    [TestMethod]
    public void Import_OfAnEndlessFile_Ends()
    {
        if (!File.Exists("/dev/zero"))
        {
            Assert.Inconclusive("There is no /dev/zero on this machine.");
        }

        using var tool = new ToolInProcess();

        Assert.AreEqual(
            (1, "/dev/zero is not a file of OTLP/JSON lines; nothing was imported from it.\nImported 0 events from 1 file.\n"),
            tool.Run("import", "/dev/zero"));
    }

    [TestMethod]
    [DataRow("show")]
    [DataRow("report")]
    [DataRow("report", "--format", "json")]
    [DataRow("purge", "--yes")]
    [DataRow("flush")]
    [DataRow("export-dataset", "--quarter", "2026Q3", "-o", "data.tsv")]
    public void AFileInPlaceOfTheStore_IsAFailure(params string[] arguments)
    {
        using var tool = new ToolInProcess();
        File.WriteAllText(Path.Combine(tool.Home, "file"), "");

        tool.Variables["CONTAINERS_TELEMETRY_STORE"] = Path.Combine(tool.Home, "file");

        var (exitCode, text) = tool.Run(arguments);

        Assert.AreEqual(3, exitCode);
        Assert.AreEqual(
            "error: The store cannot be used. The folder, or a parent folder, is a file. "
                + "containers-telemetry status shows where it is; --store names another.\n",
            text);
    }

    [TestMethod]
    public void Flush_OfAnEmptyOutbox_SaysSo()
    {
        using var tool = new ToolInProcess();

        Assert.AreEqual((0, "Nothing waits to be sent.\n"), tool.Run("flush"));
    }

    private static void RunShell(string script, string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. arguments]) { WorkingDirectory = folder })!;
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
    }

    private static int LinesOf(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => !line.StartsWith("There is no", StringComparison.Ordinal));

    private static void Compress(string path, byte[] content)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        gzip.Write(content);
    }
}
