using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>The tool accepts the commands in README.md.</summary>
[TestClass]
public sealed class ReadmeCommandsTests
{
    private const string Program = "containers-telemetry ";

    [TestMethod]
    public void Commands_of_the_README_are_understood()
    {
        using var tool = new ToolInProcess();
        SampleEvents.Store(tool.StorePath, SampleEvents.Inference(tool.Now.AddDays(-1)), SampleEvents.Success(tool.Now.AddDays(-1).AddSeconds(4)));
        ProjectWithPackage.Write(
            Path.Combine(Directory.CreateDirectory(Path.Combine(tool.Home, "src", "Shop")).FullName, "Shop.csproj"),
            "<ContainersTelemetry>false</ContainersTelemetry>");
        string[] commands = [.. File.ReadLines(Path.Combine(Repository.Root, "README.md"))
            .Where(static line => line.StartsWith("$ " + Program, StringComparison.Ordinal))
            .Select(static line => line["$ ".Length..].Split(" #")[0].Trim())];

        Assert.IsGreaterThanOrEqualTo(6, commands.Length);
        foreach (string command in commands)
        {
            var (exitCode, text) = tool.Run(command.Split(' ')[1..]);

            Assert.IsLessThanOrEqualTo(1, exitCode, command + "\n" + text);
        }
    }
}
