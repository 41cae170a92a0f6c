using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Containers.Telemetry.Reports.Reading;

/// <param name="length">Its length when the reading began.</param>
internal sealed class SourceFile(string path, long length, bool isCompressed)
{
    /// <summary>Full path.</summary>
    public string Path { get; } = path;

    /// <summary>Its length when the reading began. Later lines belong to the next report.</summary>
    public long Length { get; } = length;

    /// <summary>Whether it is compressed with gzip.</summary>
    public bool IsCompressed { get; } = isCompressed;

    /// <summary>Finds the files of sources, and opens each lazily, in an order that does not depend on the file system.</summary>
    /// <param name="sources">Files with any name, and folders, which are searched for OTLP/JSON files.</param>
    /// <param name="problems">Receives the files that cannot be read.</param>
    /// <param name="fromEnd">Whether the last file comes first.</param>
    public static IEnumerable<SourceFile> Find(IEnumerable<string> sources, List<UnreadableFile> problems, bool fromEnd = false)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in sources.Select(System.IO.Path.GetFullPath))
        {
            try
            {
                if (Directory.Exists(path))
                {
                    paths.UnionWith(OtlpFiles.In(path, problems));
                }
                else
                {
                    paths.Add(path);
                    named.Add(path);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(UnreadableFile.Of(path, e));
            }
        }

        return (fromEnd ? paths.Reverse() : paths).Select(path => Open(path, named.Contains(path), problems)).OfType<SourceFile>();
    }

    /// <summary>Opens the file while others may write to it, rename it or delete it.</summary>
    public FileStream OpenRead() => OpenRead(Path);

    /// <summary>The bytes of the file, decompressed where it is compressed.</summary>
    public Stream ContentOf(FileStream file) => IsCompressed ? Decompress(file) : file;

    /// <summary>The content of an open file, at its beginning: decompressed where it is compressed.</summary>
    public static Stream Decode(Stream file)
    {
        bool isCompressed = BeginsCompressed(file);
        file.Position = 0;
        return isCompressed ? Decompress(file) : file;
    }

    private static bool BeginsCompressed(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0x1F, 0x8B];
    }

    // Not inlined, so that only a compressed file loads the assembly.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GZipStream Decompress(Stream file) => new(file, CompressionMode.Decompress);

    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>Returns null for an empty or unreadable one.</summary>
    private static SourceFile? Open(string path, bool isNamed, List<UnreadableFile> problems)
    {
        try
        {
            return isNamed || OtlpFiles.HasContent(path) ? Open(path) : null;
        }
        catch (Exception e) when (!isNamed && e is (FileNotFoundException or DirectoryNotFoundException))
        {
            // Deleted since its folder was listed: a purge, or a publish that makes room.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(UnreadableFile.Of(path, e));
        }

        return null;
    }

    private static SourceFile Open(string path)
    {
        using FileStream stream = OpenRead(path);
        return new SourceFile(path, stream.Length, BeginsCompressed(stream));
    }
}
