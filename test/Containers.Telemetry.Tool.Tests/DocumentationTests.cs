using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.Tool.Tests.Commands;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>docs/tool.md is up to date with the tool.</summary>
[TestClass]
public sealed class DocumentationTests
{
    [TestMethod]
    [DynamicData(nameof(CommandLineTests.CommandNames), typeof(CommandLineTests))]
    public void The_page_of_the_tool_names_every_command_and_its_options(string command)
    {
        using var tool = new ToolInProcess();
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "tool.md"));

        Assert.Contains($"`{command}`", page);
        foreach (string option in LongOptions(tool.Run(command, "--help").Text).Except(["--help", "--output"]))
        {
            Assert.Contains(option, page);
        }
    }

    private static IEnumerable<string> LongOptions(string help) => help.Split('\n')
        .Where(line => line.StartsWith("  -", StringComparison.Ordinal))
        .SelectMany(line => line.Split(' ', ',').Where(word => word.StartsWith("--", StringComparison.Ordinal)));
}
