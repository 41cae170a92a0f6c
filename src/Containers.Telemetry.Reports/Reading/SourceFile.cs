namespace Containers.Telemetry.Reports.Reading;

/// <summary>A file to read.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Length">Its length when the reading began. What is appended later belongs to the next report.</param>
/// <param name="IsCompressed">Whether it is compressed with gzip.</param>
internal sealed record SourceFile(string Path, long Length, bool IsCompressed)
{
    /// <summary>Finds the files of sources, in an order that does not depend on the file system.</summary>
    /// <param name="sources">Files, whatever their names, and folders, which are searched for OTLP/JSON files.</param>
    /// <param name="problems">Takes those that cannot be read.</param>
    public static List<SourceFile> Find(IEnumerable<string> sources, List<UnreadableFile> problems)
    {
        // Whether each was named, and so has to be there.
        var paths = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (string source in sources)
        {
            string path = System.IO.Path.GetFullPath(source);
            try
            {
                if (!Directory.Exists(path))
                {
                    paths[path] = true;
                    continue;
                }

                foreach (string found in OtlpFiles.In(path, problems).Where(OtlpFiles.HasContent))
                {
                    paths.TryAdd(found, false);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(UnreadableFile.Of(path, e));
            }
        }

        var files = new List<SourceFile>();
        foreach (string path in paths.Keys.Order(StringComparer.Ordinal))
        {
            try
            {
                files.Add(Open(path));
            }
            catch (Exception e) when (!paths[path] && e is (FileNotFoundException or DirectoryNotFoundException))
            {
                // Deleted since its folder was listed: a purge, or a publish that makes room.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(UnreadableFile.Of(path, e));
            }
        }

        return files;
    }

    /// <summary>Opens the file while others may write to it, rename it or delete it.</summary>
    public FileStream OpenRead() => OpenRead(Path);

    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static SourceFile Open(string path)
    {
        using FileStream stream = OpenRead(path);
        Span<byte> start = stackalloc byte[2];
        bool isCompressed = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0x1F, 0x8B];
        return new SourceFile(path, stream.Length, isCompressed);
    }
}
