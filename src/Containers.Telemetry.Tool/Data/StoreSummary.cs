using Containers.Telemetry.Store;

namespace Containers.Telemetry.Tool.Data;

/// <summary>How much a log holds.</summary>
/// <param name="Lines">Events in a store, events and spans in an outbox.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="LastLine">The line that was written last; null where there is none.</param>
internal sealed record StoreSummary(long Lines, long Bytes, byte[]? LastLine)
{
    /// <summary>When the last line's event was raised, UTC.</summary>
    public DateTimeOffset? LastTime => LastLine is null ? null : LineTime.Of(LastLine);

    /// <summary>Reads all of a log, but no more of it than where its lines end.</summary>
    /// <param name="folder">Full path of the log's folder.</param>
    /// <exception cref="StoreException">The log cannot be read.</exception>
    public static StoreSummary Read(string folder)
    {
        if (File.Exists(folder) || File.Exists(Path.GetDirectoryName(folder)))
        {
            throw new StoreException(StoreFault.NotAFolder);
        }

        long bytes = 0;
        foreach (Segment segment in Segment.List(folder))
        {
            bytes += segment.Length;
        }

        byte[] last = [];
        int length = 0;
        using var lines = new StoredLines(folder);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            // The lines of a log are much alike, so the buffer is seldom too small.
            if (line.Length > last.Length)
            {
                last = new byte[line.Length * 2];
            }

            line.CopyTo(last);
            length = line.Length;
        }

        return new StoreSummary(lines.Lines, bytes, length == 0 ? null : last[..length]);
    }
}
