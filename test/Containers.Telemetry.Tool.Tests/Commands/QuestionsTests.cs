using Containers.Telemetry.StoreGenerator;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>
/// The questions of a platform lead: each is one command on the page of questions, and its answer fits on one screen. <c>FiguresTests</c> in
/// Reports.Tests compares the figures with DuckDB.
/// </summary>
[TestClass]
public sealed class QuestionsTests
{
    private const int LinesOfScreen = 40;
    private const int Publishes = 20_000;
    private const int Seed = 1;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "questions.md"));
    private static ToolInProcess _tool = null!;

    [ClassInitialize]
    public static void Initialize(TestContext context)
    {
        _ = context;
        _tool = new ToolInProcess { Now = new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero) };
        GeneratedStore.Write(Path.Combine(_tool.StorePath, "events"), Publishes, Seed);
    }

    [ClassCleanup]
    public static void Cleanup() => _tool.Dispose();

    [TestMethod]
    [DataRow("Which team fails most, and is it worse than before", "payments", "report --since 30d --by team --compare previous")]
    [DataRow("Why do teams fail", "credential_failure", "report --since 30d --by team,Error --where Outcome=error")]
    [DataRow("Which registries throttle us", "MCR", "report --where Error=registry_throttled --by RegistryProduct")]
    [DataRow("Which projects use an image past support", "Last seen", "report --where Support=ended --by ProjectId --sort LastSeen --measures Publishes,LastSeen --limit 5")]
    [DataRow("How long do pushes take by kind of registry", "8.2 s", "report --by PushType --measures Publishes,DurationP50,DurationP95,DurationP99 --sort DurationP95 --min 20")]
    [DataRow("Did failures rise with a new SDK", "Verdict", "report --compare SdkVersion=10.0.300..10.0.401")]
    [DataRow("Which CI service is slowest", "GitHubActions", "report --by CiProvider --where CiProvider!=None --measures Publishes,DurationP50,DurationP95 --sort DurationP95")]
    [DataRow("How many users and projects are there", "Projects", "report --section users --since 90d")]
    [DataRow("What has changed since yesterday", "New errors", "report --since yesterday")]
    [DataRow("Which publishes were tried again", "credential_failure", "show --where Retried=true --last 5")]
    [DataRow("What is worse than before, and where", "Error=registry_server_error and PushType=Azure", "report")]
    public void EveryQuestion_HasItsAnswerOnOneScreen(string question, string expected, string command)
    {
        var (exitCode, text) = _tool.Run(command.Split(' '));

        Assert.AreEqual(0, exitCode, question + "\n" + text);
        Assert.Contains(expected, text, question);
        Assert.IsLessThanOrEqualTo(LinesOfScreen, text.Split('\n').Length, question + "\n" + text);
        Assert.Contains("containers-telemetry " + command, Page, question);
    }

    [TestMethod]
    [DataRow(80)]
    [DataRow(120)]
    public void AReport_OpensWithTheAnswer_AndNamesTheIncidentOfTheGeneratedStore(int width)
    {
        using var tool = new ToolInProcess { Now = _tool.Now, Width = width };

        var (exitCode, text) = tool.Run("report", "--store", _tool.StorePath);

        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.AreEqual(0, exitCode);
        Assert.IsLessThanOrEqualTo(15, lines.Length, text);
        Assert.IsLessThanOrEqualTo(width, lines.Max(line => line.Length));
        string sentence = string.Join(' ', lines.Select(line => line.Trim()));
        Assert.Contains("Error=registry_server_error and PushType=Azure: ", sentence);
        Assert.Contains("most 2026-11-03 to 2026-11-0", sentence);
    }
}
