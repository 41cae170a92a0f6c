namespace Containers.Telemetry.Reports.Reading;

/// <summary>Counts of the lines and files that were read, and of the ones that could not be.</summary>
public sealed record ReadingStatistics
{
    /// <summary>Number of files that were read.</summary>
    public long Files { get; init; }

    /// <summary>Bytes of these files, as they lie on the disk.</summary>
    public long Bytes { get; init; }

    /// <summary>Number of lines that are not blank.</summary>
    public long Lines { get; internal set; }

    /// <summary>Number of events of container publishes, those read twice and those of a newer version included.</summary>
    public long Events { get; internal set; }

    /// <summary>Number of log records of other programs, put into the same files by a collector.</summary>
    public long ForeignRecords { get; internal set; }

    /// <summary>Number of events that the targets of other packages logged. They are not publishes, so a report only counts them.</summary>
    public long UsageEvents { get; internal set; }

    /// <summary>Number of events that were read before, told by their id.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Number of events without an id or a time. They are not counted as publishes.</summary>
    public long Incomplete { get; internal set; }

    /// <summary>Number of events that a newer version of the reader is needed for. They are not counted as publishes.</summary>
    public long Newer { get; internal set; }

    /// <summary>The version of the reader that understands all events; 0 when this one does.</summary>
    public int NeededReaderVersion { get; internal set; }

    /// <summary>Number of events of publishes for which there was no room. When it is not 0 the report is partial.</summary>
    public long OverLimit { get; internal set; }

    /// <summary>Number of lines that are not JSON.</summary>
    public long Corrupt { get; internal set; }

    /// <summary>Number of lines that are JSON, but nothing of OTLP.</summary>
    public long OtherJson { get; internal set; }

    /// <summary>Number of lines of spans or metrics, put into the same files by a collector. They are nothing to report.</summary>
    public long OtherSignals { get; internal set; }

    /// <summary>Number of lines longer than <see cref="ReportReader.MaxLineLength"/>.</summary>
    public long TooLong { get; internal set; }

    /// <summary>Number of lines that are not valid UTF-8.</summary>
    public long InvalidUtf8 { get; internal set; }

    /// <summary>Number of files whose last line breaks off, as a crash while writing leaves it.</summary>
    public long TornTails { get; internal set; }

    /// <summary>Number of lines that could not be read, for whatever reason; torn tails do not count.</summary>
    public long Unreadable => Corrupt + OtherJson + TooLong + InvalidUtf8;

    /// <summary>The first three lines that could not be read, in the order of the files.</summary>
    public IReadOnlyList<UnreadableLine> FirstUnreadable { get; init; } = [];

    /// <summary>Files that hold lines, but not one of OTLP logs.</summary>
    public IReadOnlyList<string> ForeignFiles { get; init; } = [];

    /// <summary>Files and folders that could not be opened or read to their end.</summary>
    public IReadOnlyList<UnreadableFile> UnreadableFiles { get; init; } = [];

    /// <summary>Whether everything that was there is in the report. Torn tails do not count: no event was lost that was ever complete.</summary>
    public bool IsComplete =>
        Unreadable + Newer + OverLimit + Incomplete == 0 && UnreadableFiles.Count == 0;

    /// <summary>Adds the counts of another thread.</summary>
    internal void Add(ReadingStatistics other)
    {
        Lines += other.Lines;
        Events += other.Events;
        ForeignRecords += other.ForeignRecords;
        UsageEvents += other.UsageEvents;
        Duplicates += other.Duplicates;
        Incomplete += other.Incomplete;
        Newer += other.Newer;
        NeededReaderVersion = Math.Max(NeededReaderVersion, other.NeededReaderVersion);
        OverLimit += other.OverLimit;
        Corrupt += other.Corrupt;
        OtherJson += other.OtherJson;
        OtherSignals += other.OtherSignals;
        TooLong += other.TooLong;
        InvalidUtf8 += other.InvalidUtf8;
        TornTails += other.TornTails;
    }
}

/// <summary>A line that could not be read.</summary>
/// <param name="File">Full path of its file.</param>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record UnreadableLine(string File, long Line, LineProblem Problem);

/// <summary>A file or folder that could not be read.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Message">What the operating system says.</param>
public sealed record UnreadableFile(string Path, string Message)
{
    /// <summary>Makes one of what was thrown.</summary>
    /// <param name="path">Its full path, or what to call it.</param>
    /// <param name="exception">What opening or reading it has thrown.</param>
    public static UnreadableFile Of(string path, Exception exception) =>
        new(path, exception is PathTooLongException ? "Its path is longer than this system allows." : exception.Message);
}

/// <summary>Why a line could not be read.</summary>
public enum LineProblem
{
    /// <summary>It is not JSON.</summary>
    Corrupt,

    /// <summary>It is JSON, but nothing of OTLP.</summary>
    OtherJson,

    /// <summary>It is longer than <see cref="ReportReader.MaxLineLength"/>.</summary>
    TooLong,

    /// <summary>It is not valid UTF-8.</summary>
    InvalidUtf8,
}

/// <summary>How far reading has come.</summary>
/// <param name="BytesRead">Bytes of the files that were read.</param>
/// <param name="TotalBytes">Bytes of all files.</param>
public readonly record struct ReadProgress(long BytesRead, long TotalBytes);
