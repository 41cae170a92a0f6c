using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <summary>
/// The lock file of a log. The process that has it open is the only writer. It names the current segment, so that a writer need not list
/// the folder, and counts the lines that the size limit has deleted.
/// </summary>
internal sealed class LogLock : IDisposable
{
    public const string FileName = "lock";

    private const int CountLength = 19;
    private const int MaxLength = 128;
    private const int LongestPause = 16;

    private readonly FileStream _file;

    private LogLock(FileStream file, string text)
    {
        _file = file;
        (DroppedLines, Current) = Parse(text);
    }

    /// <summary>The segment that is written to; null when none is known.</summary>
    public SegmentName? Current { get; private set; }

    /// <summary>The number of lines deleted by the size limit.</summary>
    public long DroppedLines { get; private set; }

    /// <summary>Whether the file system excludes other writers. Without locks, every writer "holds" this one.</summary>
    public bool IsExclusive => FileLocking.IsSupported(_file);

    /// <summary>Returns null when others held the lock all the time.</summary>
    public static LogLock? TryTake(string folder, TimeSpan wait) =>
        UntilFree(wait, () => Read(OwnerOnlyFile.Open(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileShare.None)));

    /// <summary>Reads the number of lines deleted by the size limit, and changes nothing.</summary>
    /// <returns>0 when writers held the lock all the time.</returns>
    public static long ReadDroppedLines(string folder, TimeSpan wait) =>
        UntilFree(wait, () => Parse(PlainFile.ReadStart(Path.Combine(folder, FileName), MaxLength) ?? "").DroppedLines);

    /// <summary>Replaces the content of the file, in one write.</summary>
    public void Write(SegmentName? current, long droppedLines)
    {
        // The rest of an earlier text after the line feed is not read.
        string text = droppedLines.ToString("D19", CultureInfo.InvariantCulture) + " " + current?.Text + "\n";
        _file.Seek(0, SeekOrigin.Begin);
        _file.Write(Encoding.ASCII.GetBytes(text));
        Current = current;
        DroppedLines = droppedLines;
    }

    public void Dispose() => _file.Dispose();

    // Tries again until no other process has the file open, or the time is over.
    private static T? UntilFree<T>(TimeSpan wait, Func<T> attempt)
    {
        long end = Environment.TickCount64 + (long)wait.TotalMilliseconds;

        while (true)
        {
            try
            {
                return attempt();
            }
            catch (IOException e) when (FileErrors.IsSharingViolation(e))
            {
                if (Environment.TickCount64 >= end)
                {
                    return default;
                }
            }

            // Writers that wait for different times do not meet again.
            Thread.Sleep(Random.Shared.Next(1, LongestPause + 1));
        }
    }

    private static LogLock Read(FileStream file)
    {
        try
        {
            Span<byte> content = stackalloc byte[MaxLength];
            return new LogLock(file, Encoding.ASCII.GetString(content[..file.Read(content)]));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // A killed writer or another program may have left other text; then a new segment is begun.
    private static (long DroppedLines, SegmentName? Current) Parse(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return end > CountLength && long.TryParse(text.AsSpan(0, CountLength), NumberStyles.None, CultureInfo.InvariantCulture, out long dropped)
            ? (dropped, SegmentName.Parse(text.AsSpan(CountLength + 1, end - CountLength - 1)))
            : (0, null);
    }
}
