using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Turns lines into rows of the store, and counts. For one thread.</summary>
internal sealed class LineProcessor
{
    private readonly PublishStore _store;
    private readonly LineParser _parser;

    public LineProcessor(PublishStore store)
    {
        _store = store;
        _parser = new LineParser(store.Layout, Take);
    }

    public ReadingStatistics Counters { get; } = new();

    /// <param name="section">The section that the line begins in.</param>
    /// <param name="line">The line without its end.</param>
    /// <param name="isTorn">Whether the file ends before the line does.</param>
    public void Line(FileSection section, ReadOnlySpan<byte> line, bool isTorn)
    {
        if (section.Lines == 1 && section.Start == 0 && line.StartsWith("\uFEFF"u8))
        {
            line = line["\uFEFF"u8.Length..];
        }

        line = Trim(line);
        if (line.IsEmpty)
        {
            return;
        }

        Counters.Lines++;
        switch (_parser.Parse(line))
        {
            case StoredLineState.Read:
                section.Readable++;
                break;
            case StoredLineState.OtherSignal:
                Counters.OtherSignals++;
                break;
            case StoredLineState.Canceled:
            case StoredLineState.NotJson or StoredLineState.NotUtf8 when isTorn:
                Counters.TornTails++;
                break;
            case StoredLineState.NotJson:
                Counters.Corrupt++;
                section.AddUnreadable(LineProblem.Corrupt);
                break;
            case StoredLineState.NotUtf8:
                Counters.InvalidUtf8++;
                section.AddUnreadable(LineProblem.InvalidUtf8);
                break;
            default:
                Counters.OtherJson++;
                section.AddUnreadable(LineProblem.OtherJson);
                break;
        }
    }

    public void TooLong(FileSection section)
    {
        Counters.Lines++;
        Counters.TooLong++;
        section.AddUnreadable(LineProblem.TooLong);
    }

    // Written by hand, since the framework's is compiled in each process.
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        while (line is [(byte)' ' or (byte)'\t' or (byte)'\r', ..])
        {
            line = line[1..];
        }

        while (line is [.., (byte)' ' or (byte)'\t' or (byte)'\r'])
        {
            line = line[..^1];
        }

        return line;
    }

    private void Take(EventRecord record, int minReaderVersion)
    {
        if (record.Kind is EventKind.Foreign)
        {
            Counters.ForeignRecords++;
            return;
        }

        bool isOwn = record.Kind is EventKind.Usage;
        Counters.UsageEvents += isOwn ? 1 : 0;
        if (isOwn != (_store.Layout.Subject is ReportSubject.OwnEvents))
        {
            return;
        }

        if (isOwn)
        {
            _store.Layout.MakeOutcome(record);
        }

        Counters.Events++;
        if (minReaderVersion > OtlpFormat.ReaderVersion)
        {
            Counters.Newer++;
            Counters.NeededReaderVersion = Math.Max(Counters.NeededReaderVersion, minReaderVersion);
            return;
        }

        if (record.EventId.IsNone || record.Time == 0)
        {
            Counters.Incomplete++;
            return;
        }

        if (record.PublishId.IsNone)
        {
            record.PublishId = record.EventId;
        }

        SetOutcome(record);
        switch (_store.Add(record))
        {
            case AddResult.Duplicate:
                Counters.Duplicates++;
                break;
            case AddResult.OverLimit:
                Counters.OverLimit++;
                break;
        }
    }

    /// <summary>An outcome event gives the outcome even if a Collector dropped the attribute.</summary>
    private void SetOutcome(EventRecord record)
    {
        ref long outcome = ref record.Numbers[_store.Layout.Outcome.Index];
        if (outcome == 0)
        {
            outcome = record.Kind switch
            {
                EventKind.Success => _store.Layout.SuccessOutcome,
                EventKind.Error => _store.Layout.ErrorOutcome,
                _ => 0,
            };
        }
    }
}
