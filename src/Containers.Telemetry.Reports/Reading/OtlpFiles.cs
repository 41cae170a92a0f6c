using System.IO.Enumeration;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Finds files of OTLP/JSON lines.</summary>
public static class OtlpFiles
{
    private const string CompressedEnding = ".gz";

    // What the runtime reads in the place of bytes of a name that are not UTF-8; it cannot write them back.
    private const char UndecodedBytes = '\uFFFD';

    // The store itself is in a hidden folder by default. A report names each file that it cannot read.
    private static readonly EnumerationOptions Options = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>The extensions of such files, in any case; <c>.gz</c> may follow.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jsonl", ".ndjson", ".json"];

    /// <summary>
    /// Returns the full paths of such files in a folder, recursively, hidden folders too, in an order that does not depend on the file system.
    /// Folders behind symbolic links are skipped, since they may form a cycle.
    /// </summary>
    /// <param name="folder">Full path.</param>
    /// <param name="unreadable">Receives the folders in it that cannot be read, and the files and folders whose names are not UTF-8.</param>
    /// <exception cref="IOException">The folder itself cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the folder itself.</exception>
    public static IReadOnlyList<string> In(string folder, ICollection<UnreadableFile> unreadable)
    {
        var files = new List<string>();
        var folders = new Stack<string>();
        AddEntries(folder, files, folders, unreadable);
        while (folders.TryPop(out string? subfolder))
        {
            try
            {
                AddEntries(subfolder, files, folders, unreadable);
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
    /// Whether a file has content. Pipes and devices have no length; opening one might never end. A file that cannot be examined, by its permissions
    /// or by the length of its path, counts as one with content, so that opening it reports the error.
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
            // Deleted, or a symbolic link that is broken or cyclic.
            return false;
        }
    }

    /// <summary>The length of a file in bytes, or of the target of a symbolic link; 0 if it is not available.</summary>
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

    private static void AddEntries(string folder, List<string> files, Stack<string> folders, ICollection<UnreadableFile> unreadable)
    {
        var entries = new FileSystemEnumerable<FoundEntry>(
            folder, static (ref FileSystemEntry entry) => new FoundEntry(PathOf(ref entry), entry.IsDirectory), Options)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) =>
                entry.IsDirectory ? (entry.Attributes & FileAttributes.ReparsePoint) == 0 : HasEnding(entry.FileName),
        };
        foreach (FoundEntry entry in entries)
        {
            if (entry.Path.Contains(UndecodedBytes, StringComparison.Ordinal) && !Path.Exists(entry.Path))
            {
                unreadable.Add(new UnreadableFile(entry.Path, "Its name is not UTF-8. Rename it."));
            }
            else if (entry.IsFolder)
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
