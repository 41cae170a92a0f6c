using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Reads files of OTLP/JSON lines into a store of publishes, with as many threads as there are processors.</summary>
public static class ReportReader
{
    /// <summary>The longest line that is read, in bytes: many times a Collector's batch. Longer ones are counted and skipped.</summary>
    public const int MaxLineLength = 16 << 20;

    /// <summary>The most publishes that are kept, at about 140 bytes each while they are read, 90 after that. Further ones are counted.</summary>
    public const int MaxPublishes = 8_000_000;

    private const long ProgressStep = 4 << 20;

    internal static ReadingStatistics Read(
        IEnumerable<string> sources, PublishStore store, Action<long, long>? progress, CancellationToken cancellationToken)
    {
        var problems = new List<UnreadableFile>();
        List<SourceFile> files = [.. SourceFile.Find(sources, problems)];
        List<FileSection> sections = FileSection.Cut(files);
        long totalBytes = LengthOf(files);

        ReadingStatistics counters = ReadSections(sections, store, new ProgressMeter(progress, totalBytes), cancellationToken);
        store.Seal();
        progress?.Invoke(totalBytes, totalBytes);
        return Summarize(files, sections, problems, counters) with { OtherDimensions = store.Layout.OtherDimensions };
    }

    /// <summary>Reads sections with as many threads as there are processors, of which the calling one is the first. The first failure stops them all.</summary>
    private static ReadingStatistics ReadSections(List<FileSection> sections, PublishStore store, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var queue = new ConcurrentQueue<FileSection>(sections);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? failure = null;
        LineProcessor[] processors =
            [.. Enumerable.Range(0, Math.Max(1, Math.Min(Environment.ProcessorCount, sections.Count))).Select(_ => new LineProcessor(store))];
        Thread[] threads = [.. processors.Skip(1).Select(processor => new Thread(() => Work(processor, meter.Add)) { IsBackground = true })];
        Array.ForEach(threads, static thread => thread.Start());
        Work(processors[0], meter.AddAndReport);
        Array.ForEach(threads, static thread => thread.Join());

        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        var counters = new ReadingStatistics();
        Array.ForEach(processors, processor => counters.Add(processor.Counters));
        return counters;

        void Work(LineProcessor processor, Action<long> progress)
        {
            try
            {
                var reader = new SectionReader(processor, progress);
                while (queue.TryDequeue(out FileSection? section))
                {
                    ReadSection(reader, section, stop.Token);
                }
            }
            catch (Exception e)
            {
                // Only the first exception is a cause: it stopped the other threads.
                Interlocked.CompareExchange(ref failure, e, null);
                stop.Cancel();
            }
        }
    }

    /// <summary>Reads a section, and records its error in it.</summary>
    internal static void ReadSection(SectionReader reader, FileSection section, CancellationToken cancellationToken)
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

    internal static ReadingStatistics Summarize(List<SourceFile> files, List<FileSection> sections, List<UnreadableFile> problems, ReadingStatistics counters)
    {
        var unreadable = new List<UnreadableLine>();
        var foreign = new List<string>();
        foreach (IGrouping<SourceFile, FileSection> file in sections.GroupBy(static section => section.File))
        {
            long linesBefore = file.Any(static section => section.Samples.Count > 0) ? file.First().CountLinesBefore() : 0;
            foreach (FileSection section in file)
            {
                unreadable.AddRange(section.Samples.Select(sample => new UnreadableLine(file.Key.Path, linesBefore + sample.Line, sample.Problem)));
                linesBefore += section.Lines;
            }

            if (file.First().Start == 0 && file.All(static section => section.Readable == 0) && file.Any(static section => section.Unreadable > 0))
            {
                foreign.Add(file.Key.Path);
            }

            if (file.FirstOrDefault(static section => section.Failure is not null) is { } failed)
            {
                problems.Add(new UnreadableFile(file.Key.Path, failed.Failure!));
            }
        }

        return counters with
        {
            Files = files.Count,
            Bytes = LengthOf(files),
            FirstUnreadable = [.. unreadable.Take(3)],
            ForeignFiles = foreign,
            UnreadableFiles = problems,
        };
    }

    private static long LengthOf(List<SourceFile> files)
    {
        long length = 0;
        files.ForEach(file => length += file.Length);
        return length;
    }

    /// <summary>Adds up the bytes that the threads have read.</summary>
    private sealed class ProgressMeter(Action<long, long>? progress, long totalBytes)
    {
        private long _bytesRead;
        private long _reported;

        public void Add(long bytes) => Interlocked.Add(ref _bytesRead, bytes);

        /// <summary>Adds, and reports now and then. For one thread.</summary>
        public void AddAndReport(long bytes)
        {
            long bytesRead = Interlocked.Add(ref _bytesRead, bytes);
            if (progress is not null && bytesRead - _reported >= ProgressStep)
            {
                _reported = bytesRead;
                progress(bytesRead, totalBytes);
            }
        }
    }
}
