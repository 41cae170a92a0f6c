namespace Containers.Telemetry.Reports.Reading;

/// <summary>Counts of the lines and files that were read, and of the ones that could not be.</summary>
public sealed record ReadingStatistics
{
    /// <summary>Number of files that were read.</summary>
    public long Files { get; init; }

    /// <summary>Bytes of these files, as stored.</summary>
    public long Bytes { get; init; }

    /// <summary>Number of lines that are not blank.</summary>
    public long Lines { get; internal set; }

    /// <summary>Number of events of container publishes, including duplicates and those of a newer version.</summary>
    public long Events { get; internal set; }

    /// <summary>Number of log records of other programs, put into the same files by a collector.</summary>
    public long ForeignRecords { get; internal set; }

    /// <summary>Number of events that the targets of other packages logged. They are not publishes, so a report only counts them.</summary>
    public long UsageEvents { get; internal set; }

    /// <summary>Number of duplicate events, by their ids.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Number of events without an id or a time. They are not counted as publishes.</summary>
    public long Incomplete { get; internal set; }

    /// <summary>Number of events that need a newer version of the reader. They are not counted as publishes.</summary>
    public long Newer { get; internal set; }

    /// <summary>The version of the reader that understands all events; 0 when this one does.</summary>
    public int NeededReaderVersion { get; internal set; }

    /// <summary>Number of events of publishes for which there was no room. When it is not 0 the report is partial.</summary>
    public long OverLimit { get; internal set; }

    /// <summary>Number of lines that are not JSON.</summary>
    public long Corrupt { get; internal set; }

    /// <summary>Number of lines that are JSON, but not OTLP.</summary>
    public long OtherJson { get; internal set; }

    /// <summary>Number of lines of spans or metrics, put into the same files by a collector. They are not reported.</summary>
    public long OtherSignals { get; internal set; }

    /// <summary>Number of lines longer than <see cref="ReportReader.MaxLineLength"/>.</summary>
    public long TooLong { get; internal set; }

    /// <summary>Number of lines that are not valid UTF-8.</summary>
    public long InvalidUtf8 { get; internal set; }

    /// <summary>Number of files whose last line is incomplete, as after a crash while writing.</summary>
    public long TornTails { get; internal set; }

    /// <summary>Number of lines that could not be read for any reason; torn tails do not count.</summary>
    public long Unreadable => Corrupt + OtherJson + TooLong + InvalidUtf8;

    /// <summary>The first three lines that could not be read, in the order of the files.</summary>
    public IReadOnlyList<UnreadableLine> FirstUnreadable { get; init; } = [];

    /// <summary>Files that hold lines, but not one of OTLP logs.</summary>
    public IReadOnlyList<string> ForeignFiles { get; init; } = [];

    /// <summary>Files and folders that could not be opened or read to their end.</summary>
    public IReadOnlyList<UnreadableFile> UnreadableFiles { get; init; } = [];

    /// <summary>The dimensions of the events that the query does not know, in order.</summary>
    public IReadOnlyList<string> OtherDimensions { get; init; } = [];

    /// <summary>Whether the report is complete. Torn tails do not count: no complete event is lost.</summary>
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
public sealed record UnreadableLine(string File, long Line, LineProblem Problem);

/// <summary>A file or folder that could not be read.</summary>
/// <param name="Message">What the operating system says.</param>
public sealed record UnreadableFile(string Path, string Message)
{
    /// <param name="path">Its full path, or a name for it.</param>
    /// <param name="exception">The exception from opening or reading it.</param>
    public static UnreadableFile Of(string path, Exception exception) =>
        new(path, exception is PathTooLongException ? "Its path is longer than this system allows." : exception.Message);
}

/// <summary>Why a line could not be read.</summary>
public enum LineProblem
{
    Corrupt,

    /// <summary>It is JSON, but not OTLP.</summary>
    OtherJson,

    /// <summary>It is longer than <see cref="ReportReader.MaxLineLength"/>.</summary>
    TooLong,

    InvalidUtf8,
}
