using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Reads files of OTLP/JSON lines into a store of publishes, with as many threads as there are processors.</summary>
public static class ReportReader
{
    /// <summary>The longest line that is read, in bytes: many times what a collector writes in one batch. Longer ones are counted and skipped.</summary>
    public const int MaxLineLength = 16 << 20;

    /// <summary>The most publishes that are kept, at about 120 bytes each. Events of others are counted and dropped.</summary>
    public const int MaxPublishes = 8_000_000;

    private const long ProgressStep = 4 << 20;
    private const int ManyPublishes = 100_000;

    /// <summary>Reads sources into a store.</summary>
    /// <param name="sources">Files and folders.</param>
    /// <param name="store">What the events are put into.</param>
    /// <param name="progress">Told now and then how far reading has come; calls come from several threads, one at a time.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    internal static ReadingStatistics Read(IEnumerable<string> sources, PublishStore store, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        var problems = new List<UnreadableFile>();
        List<SourceFile> files = SourceFile.Find(sources, problems);
        List<FileSection> sections = FileSection.Cut(files);
        var meter = new ProgressMeter(progress, files.Sum(static file => file.Length));

        int workerCount = Math.Max(1, Math.Min(Environment.ProcessorCount, sections.Count));
        var processors = new LineProcessor[workerCount];
        var failures = new Exception?[workerCount];
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(1, workerCount - 1).Select(worker => new Thread(() => Work(worker)) { IsBackground = true })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        Work(0);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (Array.Find(failures, static failure => failure is not null) is { } failure)
        {
            throw new InvalidOperationException("Reading failed.", failure);
        }

        ReadingStatistics statistics = Summarize(files, sections, problems, [.. processors.Select(static processor => processor.Counters)]);
        Array.Clear(processors);
        store.Seal();
        if (store.Count > ManyPublishes)
        {
            // Buffers and tables of the reading are garbage now. What comes next shall use their memory, not more.
            GC.Collect();
        }

        meter.Finish();
        return statistics;

        void Work(int worker)
        {
            var processor = new LineProcessor(store);
            processors[worker] = processor;
            var reader = new SectionReader(processor, meter.Add);
            try
            {
                int index;
                while ((index = Interlocked.Increment(ref next)) < sections.Count)
                {
                    ReadSection(reader, sections[index], cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                // Whoever asked for it is told after the other threads have stopped too.
            }
            catch (Exception e)
            {
                failures[worker] = e;
            }
        }
    }

    private static void ReadSection(SectionReader reader, FileSection section, CancellationToken cancellationToken)
    {
        try
        {
            reader.Read(section, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted since it was found.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            section.Failure = e.Message;
        }
    }

    private static ReadingStatistics Summarize(List<SourceFile> files, List<FileSection> sections, List<UnreadableFile> problems, ReadingCounters[] counters)
    {
        var unreadable = new List<UnreadableLine>();
        var foreign = new List<string>();
        foreach (IGrouping<SourceFile, FileSection> file in sections.GroupBy(static section => section.File))
        {
            long linesBefore = 0;
            foreach (FileSection section in file)
            {
                unreadable.AddRange(section.Samples.Select(sample => new UnreadableLine(file.Key.Path, linesBefore + sample.Line, sample.Problem)));
                linesBefore += section.Lines;
            }

            if (file.Sum(static section => section.Readable) == 0 && file.Sum(static section => section.Unreadable) > 0)
            {
                foreign.Add(file.Key.Path);
            }

            if (file.FirstOrDefault(static section => section.Failure is not null) is { } failed)
            {
                problems.Add(new UnreadableFile(file.Key.Path, failed.Failure!));
            }
        }

        return new ReadingStatistics
        {
            Files = files.Count,
            Bytes = files.Sum(static file => file.Length),
            Lines = counters.Sum(static c => c.Lines),
            Events = counters.Sum(static c => c.Events),
            ForeignRecords = counters.Sum(static c => c.ForeignRecords),
            UsageEvents = counters.Sum(static c => c.UsageEvents),
            Duplicates = counters.Sum(static c => c.Duplicates),
            Incomplete = counters.Sum(static c => c.Incomplete),
            Newer = counters.Sum(static c => c.Newer),
            NeededReaderVersion = counters.Max(static c => c.NeededReaderVersion),
            OverLimit = counters.Sum(static c => c.OverLimit),
            Corrupt = counters.Sum(static c => c.Corrupt),
            OtherJson = counters.Sum(static c => c.OtherJson),
            OtherSignals = counters.Sum(static c => c.OtherSignals),
            TooLong = counters.Sum(static c => c.TooLong),
            InvalidUtf8 = counters.Sum(static c => c.InvalidUtf8),
            TornTails = counters.Sum(static c => c.TornTails),
            FirstUnreadable = [.. unreadable.Take(3)],
            ForeignFiles = foreign,
            UnreadableFiles = problems,
        };
    }

    /// <summary>Adds up what the threads have read, and says so now and then.</summary>
    private sealed class ProgressMeter(IProgress<ReadProgress>? progress, long totalBytes)
    {
        private long _bytesRead;
        private long _reported;

        public void Add(long bytes)
        {
            if (progress is null)
            {
                return;
            }

            lock (this)
            {
                _bytesRead += bytes;
                if (_bytesRead - _reported >= ProgressStep)
                {
                    _reported = _bytesRead;
                    progress.Report(new ReadProgress(_bytesRead, totalBytes));
                }
            }
        }

        public void Finish() => progress?.Report(new ReadProgress(totalBytes, totalBytes));
    }
}
