using System.IO.Enumeration;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Finds files of OTLP/JSON lines.</summary>
public static class OtlpFiles
{
    private const string CompressedEnding = ".gz";

    // Folders that this user may not read, and hidden files, are passed over.
    private static readonly EnumerationOptions Options = new() { RecurseSubdirectories = true };

    /// <summary>What the names of such files end in, in any case; behind it <c>.gz</c> may stand.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jsonl", ".ndjson", ".json"];

    /// <summary>
    /// Returns the full paths of those in a folder and in the folders in it, in an order that does not depend on the file system. Folders
    /// behind symbolic links are left out: they may lead in a circle.
    /// </summary>
    /// <param name="folder">Full path.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the folder.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        // Asked for once more, since what is passed over here would be the whole of it.
        using (IEnumerator<string> any = Directory.EnumerateFileSystemEntries(folder).GetEnumerator())
        {
            any.MoveNext();
        }

        string[] files =
        [
            .. new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.ToFullPath(), Options)
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory && HasEnding(entry.FileName),
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            },
        ];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>Whether there is something to read in a file. Pipes and devices have no length; opening one might never end.</summary>
    /// <param name="path">Full path.</param>
    public static bool HasContent(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true, Length: > 0 };
        }
        catch (IOException)
        {
            // A symbolic link that leads in a circle.
            return false;
        }
    }

    private static bool HasEnding(ReadOnlySpan<char> name)
    {
        if (name.EndsWith(CompressedEnding, StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^CompressedEnding.Length];
        }

        foreach (string ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
