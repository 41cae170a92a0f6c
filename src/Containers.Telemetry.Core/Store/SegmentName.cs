using System.Globalization;

namespace Containers.Telemetry.Store;

/// <summary>
/// The file name of a segment: <c>0000000042-20261121T093000Z.jsonl</c>. The sequence number comes first, so that names sort as the segments
/// were begun, whatever the clock said. A segment that its writer filled alone has a random part behind the time.
/// </summary>
internal sealed class SegmentName
{
    public const string Extension = ".jsonl";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int SequenceLength = 10;
    private const int TimeLength = 16;
    private const int StemLength = SequenceLength + 1 + TimeLength;

    private SegmentName(string text, long sequence, DateTime begun)
    {
        Text = text;
        Sequence = sequence;
        Begun = begun;
    }

    public string Text { get; }

    public long Sequence { get; }

    /// <summary>When the segment was begun, in UTC and whole seconds, by a clock that may have been wrong.</summary>
    public DateTime Begun { get; }

    /// <summary>Whether one writer wrote all of the segment before it got this name, so that nothing is added any more.</summary>
    public bool IsComplete => Text.Length > StemLength + Extension.Length;

    public static SegmentName Shared(long sequence, DateTime begun) => new(Stem(sequence, begun) + Extension, sequence, begun);

    public static SegmentName Complete(long sequence, DateTime begun) =>
        new(Stem(sequence, begun) + "-" + Guid.NewGuid().ToString("N") + Extension, sequence, begun);

    /// <summary>Returns null for the name of any other file.</summary>
    public static SegmentName? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < StemLength + Extension.Length
            || text[SequenceLength] != '-'
            || !text.EndsWith(Extension, StringComparison.Ordinal)
            || !TryParse(text[..SequenceLength], out long sequence)
            || ParseTime(text.Slice(SequenceLength + 1, TimeLength)) is not { } begun)
        {
            return null;
        }

        return new SegmentName(text.ToString(), sequence, begun);
    }

    private static DateTime? ParseTime(ReadOnlySpan<char> text)
    {
        if (text[8] != 'T' || text[^1] != 'Z' || !TryParse(text[..8], out long date) || !TryParse(text[9..^1], out long time))
        {
            return null;
        }

        var day = CalendarDay.Find((int)(date / 10000), (int)(date / 100 % 100), (int)(date % 100));
        int hour = (int)(time / 10000);
        int minute = (int)(time / 100 % 100);
        int second = (int)(time % 100);
        return hour > 23 || minute > 59 || second > 59 ? null : day + new TimeSpan(hour, minute, second);
    }

    private static bool TryParse(ReadOnlySpan<char> digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Stem(long sequence, DateTime begun) =>
        sequence.ToString("D10", CultureInfo.InvariantCulture) + "-" + begun.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
