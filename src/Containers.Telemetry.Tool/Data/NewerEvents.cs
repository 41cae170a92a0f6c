using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Tool.Data;

/// <summary>Counts the events that only a newer version of this tool understands.</summary>
internal sealed class NewerEvents
{
    public long Count { get; private set; }

    /// <summary>The reader version that understands all of them; 0 where there are none.</summary>
    public int NeededReaderVersion { get; private set; }

    public void Add(StoredLine line)
    {
        Count += line.SkippedCount;
        NeededReaderVersion = Math.Max(NeededReaderVersion, line.NeededReaderVersion ?? 0);
    }
}
