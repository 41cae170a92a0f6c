using System.Runtime.CompilerServices;

namespace Containers.Telemetry.Tool.Tests;

/// <summary>
/// Compares the output of a command with a file. With the environment variable <c>UPDATE_SNAPSHOTS</c> set to 1 it updates the files.
/// </summary>
internal static class Snapshot
{
    /// <summary>Compares a text with the file of that name under Snapshots.</summary>
    public static void Matches(string name, string text, [CallerFilePath] string source = "")
    {
        string fileName = Path.Combine("Snapshots", name + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(Path.Combine(FolderOf(source), fileName), text);
            return;
        }

        string expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, fileName)).ReplaceLineEndings("\n");
        Assert.AreEqual(expected, text, $"The output differs from {fileName}. If it is meant to, run the tests with UPDATE_SNAPSHOTS=1.");
    }

    private static string FolderOf(string source)
    {
        string folder = Path.GetDirectoryName(source)!;
        return Directory.Exists(Path.Combine(folder, "Snapshots")) ? folder : Path.GetDirectoryName(folder)!;
    }
}
