using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>What the pages under docs/ show is what the tool prints.</summary>
[TestClass]
public sealed class DocumentedCommandsTests
{
    /// <summary>As docs/questions.md says.</summary>
    private const int Publishes = 10_000;
    private const int Seed = 1;

    [TestMethod]
    public void Questions_and_their_answers()
    {
        // The day after the last of the generated publishes.
        using var tool = new ToolInProcess { Now = new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero) };
        GeneratedStore.Write(Path.Combine(tool.Home, "demo", "events"), Publishes, Seed);

        IReadOnlyList<string> commands = DocumentedCommands.AssertCurrent("docs/questions.md", arguments => tool.Run([.. arguments, "--store", "demo"]).Text);

        Assert.IsGreaterThanOrEqualTo(13, commands.Count);
    }
}
