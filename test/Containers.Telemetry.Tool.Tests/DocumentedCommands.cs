using System.Text;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>
/// Runs the commands that a page under docs/ shows, in blocks that begin with <c>$ containers-telemetry</c>, and compares their output. With the
/// environment variable <c>CONTAINERS_TELEMETRY_UPDATE_DOCS</c> set to 1 it updates the page.
/// </summary>
internal static class DocumentedCommands
{
    private const string UpdateVariable = "CONTAINERS_TELEMETRY_UPDATE_DOCS";
    private const string UpdateCommand = UpdateVariable + "=1 dotnet test test/Containers.Telemetry.Tool.Tests --filter DocumentedCommandsTests";
    private const string BlockStart = "```\n$ containers-telemetry ";
    private const string BlockEnd = "\n```\n";

    /// <summary>Runs every command of a page and compares its output with the page.</summary>
    /// <param name="path">The path of the page, relative to the repository's root.</param>
    /// <param name="run">Runs the tool with arguments, and returns its output.</param>
    /// <returns>The commands, without the name of the tool.</returns>
    public static IReadOnlyList<string> AssertCurrent(string path, Func<string[], string> run)
    {
        string file = Path.Combine(Repository.Root, path);
        string page = File.ReadAllText(file).ReplaceLineEndings("\n");
        var commands = new List<string>();
        var current = new StringBuilder();
        int written = 0;
        for (int start; (start = page.IndexOf(BlockStart, written, StringComparison.Ordinal)) >= 0;)
        {
            int commandStart = start + BlockStart.Length;
            int outputStart = page.IndexOf('\n', commandStart) + 1;
            string command = page[commandStart..(outputStart - 1)];
            commands.Add(command);
            current.Append(page, written, outputStart - written).Append(run(command.Split(' ')).TrimEnd('\n'));
            written = page.IndexOf(BlockEnd, outputStart - 1, StringComparison.Ordinal);
        }

        current.Append(page, written, page.Length - written);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(file, current.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        else
        {
            Assert.AreEqual(current.ToString(), page, $"{path} is stale. Write it anew with: {UpdateCommand}");
        }

        return commands;
    }
}
