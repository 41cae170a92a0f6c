using Containers.Telemetry.StoreGenerator;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>The outputs on the pages under docs/ are up to date with the tool.</summary>
[TestClass]
public sealed class DocumentedCommandsTests
{
    /// <summary>The store that docs/questions.md describes.</summary>
    private const int Publishes = 10_000;
    private const int Seed = 1;

    /// <summary>The version on the page. The test gives it the container targets of the installed SDK.</summary>
    private const string SdkVersion = "10.0.401";

    [TestMethod]
    public void Questions_page_shows_the_real_answers()
    {
        // The day after the last generated publish.
        using var tool = new ToolInProcess { Now = new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero) };
        GeneratedStore.Write(Path.Combine(tool.Home, "demo", "events"), Publishes, Seed);

        IReadOnlyList<string> commands = DocumentedCommands.AssertCurrent("docs/questions.md", arguments => tool.Run([.. arguments, "--store", "demo"]).Text);

        Assert.IsGreaterThanOrEqualTo(13, commands.Count);
    }

    [TestMethod]
    public void Tool_page_shows_the_real_output()
    {
        using var tool = new ToolInProcess { HomeName = "/home/ada" };
        FillStore(tool);
        FillBuildAgents(tool);
        ProjectWithPackage.Write(
            Path.Combine(Directory.CreateDirectory(Path.Combine(tool.Home, "src", "Shop")).FullName, "Shop.csproj"),
            "<ContainersTelemetry>false</ContainersTelemetry>");

        IReadOnlyList<string> commands = DocumentedCommands.AssertCurrent("docs/tool.md", arguments => tool.Run(arguments).Text);

        Assert.AreSequenceEqual(
            ["statsu", "status", "show", "show", "show", "report", "report", "doctor", "import"], commands.Select(command => command.Split(' ')[0]));
    }

    private static void FillStore(ToolInProcess tool)
    {
        Directory.CreateDirectory(tool.ConfigPath);
        File.WriteAllText(Path.Combine(tool.ConfigPath, "identity"), $"1f38f664-7793-49f8-b26c-e5f8e968dc5f\n{new string('0', 64)}\n2026-11-20\n");
        string targets = Path.Combine("Containers", "build", "Microsoft.NET.Build.Containers.targets");
        File.Copy(Path.Combine(InstalledSdk.Folder, targets), Path.Combine(tool.Home, "dotnet", "sdk", SdkVersion, targets), overwrite: true);
        SampleEvents.Store(
            tool.StorePath,
            SampleEvents.Inference(tool.Now.AddDays(-1)),
            SampleEvents.Success(tool.Now.AddDays(-1).AddSeconds(4)),
            SampleEvents.Error(tool.Now.AddMinutes(-9), 2));
    }

    private static void FillBuildAgents(ToolInProcess tool)
    {
        string folder = Directory.CreateDirectory(Path.Combine(tool.Home, "build-agents")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "agent-1.jsonl"), SampleEvents.Lines(SampleEvents.Success(tool.Now, 3), SampleEvents.Success(tool.Now, 4)));
        File.WriteAllBytes(
            Path.Combine(folder, "agent-7.jsonl"),
            [.. SampleEvents.Lines(SampleEvents.Error(tool.Now, 5), SampleEvents.Success(tool.Now, 4)), .. "{\"resourceLogs\"\nhalf a line\n"u8]);
    }
}
