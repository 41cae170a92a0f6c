namespace Containers.Telemetry.Reports.Reading;

/// <summary>The counts of one thread, or of several; <see cref="ReadingStatistics"/> documents each.</summary>
internal sealed class ReadingCounters
{
    public long Lines { get; set; }

    public long Events { get; set; }

    public long ForeignRecords { get; set; }

    public long UsageEvents { get; set; }

    public long Duplicates { get; set; }

    public long Incomplete { get; set; }

    public long Newer { get; set; }

    public int NeededReaderVersion { get; set; }

    public long OverLimit { get; set; }

    public long Corrupt { get; set; }

    public long OtherJson { get; set; }

    public long OtherSignals { get; set; }

    public long TooLong { get; set; }

    public long InvalidUtf8 { get; set; }

    public long TornTails { get; set; }

    /// <summary>Adds the counts of another thread.</summary>
    public void Add(ReadingCounters other)
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
