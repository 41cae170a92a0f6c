using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Reads the events of a store and counts unreadable ones. An event that is stored twice is returned twice.</summary>
internal sealed class StoredEvents(string folder)
{
    /// <summary>Lines that are damaged, or whose writer could not finish them.</summary>
    public long DamagedLines { get; private set; }

    /// <summary>Files that this user may not read.</summary>
    public long UnreadableFiles { get; private set; }

    public NewerEvents Newer { get; } = new();

    /// <summary>Returns the events in the order in which they were stored.</summary>
    /// <param name="isWanted">Decides by the bytes of a line whether to read it.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public IEnumerable<StoredEvent> Read(Func<byte[], bool>? isWanted = null)
    {
        StoreFolder.Require(folder);
        using var lines = new StoredLines(folder);
        while (Next(lines) is { } line)
        {
            if (isWanted is not null && !isWanted(line))
            {
                continue;
            }

            foreach (StoredEvent stored in EventsOf(line))
            {
                yield return stored;
            }
        }

        DamagedLines += lines.TornLines + lines.TooLongLines;
        UnreadableFiles += lines.UnreadableSegments;
    }

    public IReadOnlyList<StoredEvent> EventsOf(byte[] line)
    {
        StoredLine read = OtlpLogReader.Read(line);
        if (read.State is not StoredLineState.Read)
        {
            DamagedLines++;
        }

        Newer.Add(read);
        return read.Events;
    }

    private static byte[]? Next(StoredLines lines) => lines.TryRead(out ReadOnlySpan<byte> line) ? line.ToArray() : null;
}
