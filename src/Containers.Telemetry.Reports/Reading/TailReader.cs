using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Reads the end of a store, section by section from the last one back, until there are enough publishes. The events of a publish are close together,
/// so one more section nearly always holds all of them.
/// </summary>
internal static class TailReader
{
    private const long SectionLength = 1 << 18;

    /// <param name="sources">Files and folders. The last file in the order of names is the latest.</param>
    /// <param name="publishes">The number of publishes that are enough.</param>
    public static ReadingStatistics Read(IReadOnlyList<string> sources, PublishStore store, int publishes)
    {
        var problems = new List<UnreadableFile>();
        var processor = new LineProcessor(store);
        var reader = new SectionReader(processor, static _ => { });
        var files = new List<SourceFile>();
        var read = new List<FileSection>();
        bool isEnough = publishes == 0;
        foreach (SourceFile file in SourceFile.Find(sources, problems, fromEnd: true))
        {
            if (isEnough)
            {
                break;
            }

            files.Add(file);
            List<FileSection> sections = FileSection.Cut([file], SectionLength);
            for (int i = sections.Count - 1; i >= 0 && !isEnough; i--)
            {
                isEnough = store.Count > publishes;
                ReportReader.ReadSection(reader, sections[i], CancellationToken.None);
                read.Add(sections[i]);
            }
        }

        store.Seal();
        read.Reverse();
        return ReportReader.Summarize(files, read, problems, processor.Counters) with { OtherDimensions = store.Layout.OtherDimensions };
    }
}
