using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Reads the end of a store, section by section from the last one back, until there are enough publishes. The events of a publish are near
/// one another, so one section more than that holds nearly always all of theirs.
/// </summary>
internal static class TailReader
{
    private const long SectionLength = 1 << 18;

    /// <summary>Reads into a store.</summary>
    /// <param name="sources">Files and folders. The last file in the order of names is the latest.</param>
    /// <param name="store">What the events are put into.</param>
    /// <param name="publishes">How many publishes are enough.</param>
    public static ReadingStatistics Read(IReadOnlyList<string> sources, PublishStore store, int publishes)
    {
        var problems = new List<UnreadableFile>();
        var processor = new LineProcessor(store);
        var reader = new SectionReader(processor, static _ => { });
        var read = new List<FileSection>();
        bool isLast = publishes == 0;
        foreach (FileSection section in SourceFile.Find(sources, problems, fromEnd: true).SelectMany(static file => FileSection.Cut([file], SectionLength).AsEnumerable().Reverse()))
        {
            if (isLast)
            {
                break;
            }

            isLast = store.Count > publishes;
            ReportReader.ReadSection(reader, section, CancellationToken.None);
            read.Add(section);
        }

        store.Seal();
        read.Reverse();
        return ReportReader.Summarize([.. read.Select(static section => section.File).Distinct()], read, problems, processor.Counters);
    }
}
