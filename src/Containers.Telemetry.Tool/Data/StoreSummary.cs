using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>How much a log holds.</summary>
/// <param name="Lines">The number of lines with an event.</param>
/// <param name="Bytes">The size of its files.</param>
/// <param name="LastTime">When the latest event was raised, UTC; null where there is none.</param>
internal sealed record StoreSummary(long Lines, long Bytes, DateTimeOffset? LastTime)
{
    /// <summary>Reads the lines of a log, and parses only their times.</summary>
    /// <param name="folder">Full path of the log's folder.</param>
    /// <exception cref="StoreException">The log cannot be read.</exception>
    public static StoreSummary Read(string folder)
    {
        StoreFolder.Require(folder);
        DateTimeOffset? last = null;
        long events = 0;
        using var lines = new StoredLines(folder);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            // Not the time of the last line, since imported events are in any order.
            if (OtlpLogReader.FindTime(line) is { } time)
            {
                events++;
                last = last is null || time > last ? time : last;
            }
        }

        if (lines.UnreadableSegments > 0)
        {
            throw new StoreException(StoreFault.AccessDenied);
        }

        return new StoreSummary(events, lines.Bytes, last);
    }
}
