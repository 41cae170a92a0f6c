using System.Diagnostics;
using System.Text.RegularExpressions;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>Runs the tool's commands from docs/pipelines.md in a shell, as a CI agent does.</summary>
[TestClass]
public sealed partial class PipelineSnippetTests
{
    [TestMethod]
    [DataRow("GitHub Actions", "publishes.html", "step-summary.md")]
    [DataRow("Azure Pipelines", "publishes.html", "summary.md")]
    [DataRow("GitLab", "publishes.html")]
    [DataRow("Jenkins", "publishes.html")]
    [DataRow("A fleet", "publishes.html")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task Commands_of_a_pipeline_write_its_artifacts(string pipeline, params string[] files)
    {
        using var tool = new ToolProcess();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        SampleEvents.Store(Path.Combine(tool.Folder, "telemetry"), SampleEvents.Inference(now.AddMinutes(-2)), SampleEvents.Success(now.AddMinutes(-1)));
        SampleEvents.Store(Path.Combine(tool.Folder, "agents"), SampleEvents.Success(now.AddMinutes(-1), 3));
        tool.Environment = tool.Environment
            .With("CONTAINERS_TELEMETRY_STORE", Path.Combine(tool.Folder, "telemetry"))
            .With("GITHUB_STEP_SUMMARY", Path.Combine(tool.Folder, "step-summary.md"));
        string script = $"containers-telemetry() {{ '{DotnetHost.Path}' '{ToolProcess.Assembly}' \"$@\"; }}\n" + string.Join('\n', CommandsOf(pipeline));

        using Process shell = tool.Start("bash", "-euo", "pipefail", "-c", script);
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.AreEqual(0, shell.ExitCode, output + await errors);
        foreach (string file in files)
        {
            Assert.IsGreaterThan(0, new FileInfo(Path.Combine(tool.Folder, file)).Length, file);
        }
    }

    /// <summary>The lines in a section of the page that call the tool.</summary>
    private static string[] CommandsOf(string pipeline)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "pipelines.md")).ReplaceLineEndings("\n");
        string section = page.Split("\n## ").Single(part => part.StartsWith(pipeline + "\n", StringComparison.Ordinal));
        string[] commands = [.. Command().Matches(section).Select(static match => match.Groups[1].Value)];
        Assert.IsNotEmpty(commands);
        return commands;
    }

    [GeneratedRegex("^[ -]*(containers-telemetry .*)$", RegexOptions.Multiline)]
    private static partial Regex Command();
}
