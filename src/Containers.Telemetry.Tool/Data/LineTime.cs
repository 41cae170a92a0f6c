using System.Buffers.Text;

namespace Containers.Telemetry.Tool.Data;

/// <summary>
/// Finds the time of a line of the store or the outbox without reading the rest of it. Such a line has one record, and no value in it can hold
/// a quotation mark, so the first member of this name is the record's own.
/// </summary>
internal static class LineTime
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Returns when the line's event was raised, or its publish began; null when the line does not say.</summary>
    public static DateTimeOffset? Of(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = "imeUnixNano\":\""u8;
        int start = line.IndexOf(name);
        return start >= 0 && Utf8Parser.TryParse(line[(start + name.Length)..], out long nanoseconds, out _) && nanoseconds > 0
            ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick)
            : null;
    }
}
