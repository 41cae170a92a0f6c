using System.Text.Json;
using Containers.Telemetry.Consent;

namespace Containers.Telemetry.Tool.Tests.Commands;

/// <summary>The commands with which a user gives or withdraws consent.</summary>
[TestClass]
public sealed class ChoiceTests
{
    [TestMethod]
    public void Disable_ThenEnable_ChangesTheDecision()
    {
        using var tool = new ToolInProcess();

        Assert.AreEqual(0, tool.Run("disable").ExitCode);
        var off = tool.Run("status");
        Assert.AreEqual(0, tool.Run("enable").ExitCode);
        var on = tool.Run("status");

        Assert.AreEqual(1, off.ExitCode);
        Assert.StartsWith("Telemetry  off, by the stored choice\n", off.Text);
        Assert.AreEqual(0, on.ExitCode);
        Assert.StartsWith("Telemetry  on, by the stored choice\n", on.Text);
    }

    [TestMethod]
    public void Enable_WithAVariableThatOptsOut_SaysThatItStaysOff()
    {
        using var tool = new ToolInProcess();
        tool.Variables["CONTAINERS_TELEMETRY_OPTOUT"] = "1";

        var (exitCode, text) = tool.Run("enable");

        Assert.AreEqual(1, exitCode);
        Assert.Contains("it stays off, by the environment variable CONTAINERS_TELEMETRY_OPTOUT", text);
    }

    [TestMethod]
    public void Enable_WithAFolderThatCannotBeWritten_Fails()
    {
        using var tool = new ToolInProcess();
        File.WriteAllText(Path.Combine(tool.Home, ".config"), "a file where the folder should be");

        var (exitCode, text) = tool.Run("enable");

        Assert.AreEqual(3, exitCode);
        Assert.StartsWith("error: The choice cannot be stored in ~/.config/containers-telemetry.", text);
    }

    [TestMethod]
    public void Consent_WithoutATerminal_NamesTheCommandsToUse()
    {
        using var tool = new ToolInProcess();

        var (exitCode, text) = tool.Run("consent");

        Assert.AreEqual(2, exitCode);
        Assert.Contains("Use containers-telemetry enable or containers-telemetry disable.", text);
        Assert.IsFalse(Directory.Exists(tool.ConfigPath));
    }

    [TestMethod]
    [DataRow("yes\n", 0, "enabled")]
    [DataRow("N\n", 1, "disabled")]
    [DataRow("\n", 1, "disabled", DisplayName = "Enter alone")]
    [DataRow("perhaps\nY\n", 0, "enabled", DisplayName = "Asked again")]
    [DataRow("", 1, null)]
    public void Consent_StoresTheAnswer(string answer, int expectedExitCode, string? expectedChoice)
    {
        using var tool = new ToolInProcess { Answers = answer };

        Assert.AreEqual(expectedExitCode, tool.Run("consent").ExitCode);

        using JsonDocument status = JsonDocument.Parse(tool.Run("status", "--json").Text);
        Assert.AreEqual(expectedChoice, status.RootElement.GetProperty("choice").GetString());
    }

    [TestMethod]
    [DataRow("consent", "y\n")]
    [DataRow("status", null)]
    public void ConsentAndStatus_NameEveryOptOut(string command, string? answer)
    {
        using var tool = new ToolInProcess { Answers = answer, Width = 1000 };

        string text = tool.Run(command).Text;

        foreach (string word in new[]
        {
            "Store  ", ".local/share/containers-telemetry", "Endpoint  ", "SDK  ", "; DOTNET_CLI_TELEMETRY_OPTOUT=1", "imensions",
            "containers-telemetry disable", ProductPage.Url,
        })
        {
            Assert.Contains(word, text);
        }
    }

    [TestMethod]
    public void ResetId_GivesAnotherIdForNinetyDays()
    {
        using var tool = new ToolInProcess();

        tool.Run("reset-id");
        string first = IdIn(tool.Run("status", "--json").Text);
        tool.Run("reset-id");
        var (_, text) = tool.Run("status", "--json");

        Assert.AreNotEqual(first, IdIn(text));
        Assert.Contains("\"replacedOn\": \"2027-02-18\"", text);
    }

    [TestMethod]
    public void Status_NeverShowsCredentials()
    {
        using var tool = new ToolInProcess();
        tool.Variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://user:pa55@collector.example/?token=t0ken";
        tool.Variables["OTEL_EXPORTER_OTLP_HEADERS"] = "Authorization=Bearer%20b3arer";

        string text = tool.Run("status").Text + tool.Run("status", "--json").Text;

        Assert.Contains("https://collector.example/v1/logs", text);
        foreach (string secret in (string[])["user", "pa55", "t0ken", "b3arer"])
        {
            Assert.DoesNotContain(secret, text);
        }
    }

    [TestMethod]
    [DataRow("y", true)]
    [DataRow("please", true)]
    [DataRow("YES", false)]
    [DataRow("0", false)]
    [DataRow("", false)]
    public void Status_WithAMistypedOptOut_SaysThatItIsIgnored(string value, bool expected)
    {
        using var tool = new ToolInProcess();
        tool.Variables["CONTAINERS_TELEMETRY_OPTOUT"] = value;

        Assert.AreEqual(expected, tool.Run("status").Text.Contains("CTEL0003", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Status_OfABrokenStore_SaysWhy()
    {
        using var tool = new ToolInProcess();
        Directory.CreateDirectory(tool.StorePath);
        File.WriteAllText(Path.Combine(tool.StorePath, "events"), "a file where the folder should be");

        var (exitCode, text) = tool.Run("status");

        Assert.AreEqual(1, exitCode);
        Assert.Contains("Store", text);
        Assert.DoesNotContain("no events yet", text);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Status_OfAStoreThatOthersMayWriteTo_SaysSoAndPrintsTheCommand()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, [SampleEvents.Success(SampleEvents.Now, 1)]);
        File.SetUnixFileMode(tool.StorePath, File.GetUnixFileMode(tool.StorePath) | UnixFileMode.GroupWrite);

        var (exitCode, text) = tool.Run("status");
        using JsonDocument json = JsonDocument.Parse(tool.Run("status", "--json").Text);

        Assert.AreEqual(1, exitCode);
        Assert.Contains("Events are not stored. Other users may write to the folder of the store.", text);
        Assert.Contains("Run chmod -R go-w ~/.local/share/containers-telemetry.", text);
        Assert.Contains("1 event", text);
        Assert.AreEqual("Run chmod -R go-w ~/.local/share/containers-telemetry.", json.RootElement.GetProperty("store").GetProperty("remedy").GetString());
    }

    private static string IdIn(string json) =>
        JsonDocument.Parse(json).RootElement.GetProperty("identity").GetProperty("anonymousId").GetString()!;
}
