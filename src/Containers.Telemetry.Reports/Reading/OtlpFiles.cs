using System.IO.Enumeration;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Finds files of OTLP/JSON lines.</summary>
public static class OtlpFiles
{
    private const string CompressedEnding = ".gz";

    // The store itself is in a hidden folder by default. A report names each file that it cannot read.
    private static readonly EnumerationOptions Options = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>The extensions of such files, in any case; <c>.gz</c> may follow.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jsonl", ".ndjson", ".json"];

    /// <summary>
    /// Returns the full paths of those in a folder and in the folders in it, hidden ones too, in an order that does not depend on the file
    /// system. Folders behind symbolic links are left out: they may lead in a circle.
    /// </summary>
    /// <param name="folder">Full path.</param>
    /// <param name="unreadable">Takes the folders in it that cannot be read.</param>
    /// <exception cref="IOException">The folder itself cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the folder itself.</exception>
    public static IReadOnlyList<string> In(string folder, ICollection<UnreadableFile> unreadable)
    {
        var files = new List<string>();
        var folders = new Stack<string>();
        AddEntries(folder, files, folders);
        while (folders.TryPop(out string? subfolder))
        {
            try
            {
                AddEntries(subfolder, files, folders);
            }
            catch (DirectoryNotFoundException)
            {
                // Deleted since the folder that it was in was listed.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable.Add(UnreadableFile.Of(subfolder, e));
            }
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    /// <summary>
    /// Whether there is something to read in a file. Pipes and devices have no length; opening one might never end. What this user may not
    /// look at, or nobody because its path is too long, counts as content, so that opening the file says so.
    /// </summary>
    /// <param name="path">Full path.</param>
    public static bool HasContent(string path)
    {
        try
        {
            return TrueLength(path) > 0;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or PathTooLongException)
        {
            return true;
        }
        catch (IOException)
        {
            // Deleted, or a symbolic link that leads nowhere or in a circle.
            return false;
        }
    }

    /// <summary>The length of a file in bytes, or of the one that a symbolic link leads to; 0 where it is not to be had.</summary>
    /// <param name="path">Full path.</param>
    public static long LengthOf(string path)
    {
        try
        {
            return TrueLength(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long TrueLength(string path)
    {
        var file = new FileInfo(path);
        return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo target ? target.Length : 0;
    }

    private static void AddEntries(string folder, List<string> files, Stack<string> folders)
    {
        var entries = new FileSystemEnumerable<FoundEntry>(folder, static (ref FileSystemEntry entry) => new FoundEntry(PathOf(ref entry), entry.IsDirectory), Options)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) =>
                entry.IsDirectory ? (entry.Attributes & FileAttributes.ReparsePoint) == 0 : HasEnding(entry.FileName),
        };
        foreach (FoundEntry entry in entries)
        {
            if (entry.IsFolder)
            {
                folders.Push(entry.Path);
            }
            else
            {
                files.Add(entry.Path);
            }
        }
    }

    // Not entry.ToFullPath(), which is empty where the path is longer than the system allows.
    private static string PathOf(ref FileSystemEntry entry) => Path.Join(entry.Directory, entry.FileName);

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

    private sealed record FoundEntry(string Path, bool IsFolder);
}
