using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <summary>One file of a log, as it was when the folder was listed.</summary>
public sealed class Segment
{
    private const int NoAttributes = -1;

    private readonly SegmentName _name;
    private FileInfo? _file;

    private Segment(SegmentName name, string path)
    {
        _name = name;
        Path = path;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>In bytes. A segment that is still written to may have grown since.</summary>
    public long Length => IsFile ? File.Length : 0;

    /// <summary>When the segment was last written to, in UTC, as precisely as the file system has it.</summary>
    public DateTime LastWritten => File.LastWriteTimeUtc;

    /// <summary>When the segment was begun, in UTC, by the clock of its writer.</summary>
    public DateTime Begun => _name.Begun;

    internal long Sequence => _name.Sequence;

    /// <summary>Whether it is still there. Symbolic links are none of ours.</summary>
    internal bool IsFile => File.Exists && (File.Attributes & FileAttributes.ReparsePoint) == 0;

    /// <inheritdoc cref="SegmentName.IsComplete"/>
    internal bool IsComplete => _name.IsComplete;

    private FileInfo File => _file ??= new FileInfo(Path);

    /// <summary>The segments of a log, the oldest first; none when there is no such folder. Symbolic links are none of ours.</summary>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public static IReadOnlyList<Segment> List(string folder)
    {
        try
        {
            return IsThere(folder) ? ListNames(folder).FindAll(static segment => segment.IsFile) : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            throw StoreException.From(e);
        }
    }

    // Before first use there is none, and an exception costs more than all else that a command does. Unlike Directory.Exists, this throws
    // where the answer is not to be had.
    private static bool IsThere(string folder) => (int)new DirectoryInfo(folder).Attributes != NoAttributes;

    /// <summary>What has the name of a segment, the oldest first. The files are not looked at yet: there may be very many.</summary>
    internal static List<Segment> ListNames(string folder)
    {
        string[] paths = Directory.GetFiles(folder, "*" + SegmentName.Extension);
        Array.Sort(paths, StringComparer.Ordinal);

        var segments = new List<Segment>(paths.Length);
        foreach (string path in paths)
        {
            if (SegmentName.Parse(System.IO.Path.GetFileName(path.AsSpan())) is { } name)
            {
                segments.Add(new Segment(name, path));
            }
        }

        return segments;
    }
}
