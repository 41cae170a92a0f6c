using System.Buffers.Text;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>The form of a line of this product, for readers of its bytes.</summary>
internal static class OwnLine
{
    /// <summary>The beginning of each line.</summary>
    public static ReadOnlySpan<byte> Start => "{\"resourceLogs\":[{\"scopeLogs\":[{\"scope\":{\"name\":\"Containers.Telemetry\",\"version\":\""u8;

    /// <summary>The bytes before the time of the first record. Within a text their quotation marks would be escaped.</summary>
    public static ReadOnlySpan<byte> BeforeTime => "\"logRecords\":[{\"timeUnixNano\":\""u8;

    /// <summary>Finds the time of the first record without a JSON reader, whose first use takes longer than the rest of <c>status</c>.</summary>
    /// <param name="line">A line of JSON.</param>
    /// <param name="time">In nanoseconds since 1970, UTC; 0 if the line has none.</param>
    /// <returns>Whether the line has the form.</returns>
    public static bool TryFindTime(ReadOnlySpan<byte> line, out ulong time)
    {
        time = 0;
        int place = line.StartsWith(Start) ? line.IndexOf(BeforeTime) : -1;
        return place > 0
            && Utf8Parser.TryParse(line[(place + BeforeTime.Length)..], out time, out int length)
            && line[(place + BeforeTime.Length + length)..] is [(byte)'"', ..];
    }
}
