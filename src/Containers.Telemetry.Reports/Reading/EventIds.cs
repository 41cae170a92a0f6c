using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Finds the ids of the events in a store.</summary>
public static class EventIds
{
    /// <param name="folder">Full path of the store's folder; one that does not exist holds no events.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static HashSet<Guid> Read(string folder)
    {
        var ids = new HashSet<Guid>();
        var parser = new LineParser(new RecordLayout([]), Add);
        using var lines = new StoredLines(folder);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            parser.Parse(line);
        }

        return ids;

        void Add(EventRecord record, int minReaderVersion)
        {
            if (!record.EventId.IsNone)
            {
                ids.Add(record.EventId.ToGuid());
            }
        }
    }
}
