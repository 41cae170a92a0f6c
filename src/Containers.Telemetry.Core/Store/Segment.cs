using System.IO.Enumeration;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <summary>One file of a log, as it was when the folder was listed.</summary>
public sealed class Segment
{
    private static readonly EnumerationOptions EveryFile = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly SegmentName _name;
    private readonly string _folder;
    private FileInfo? _file;

    private Segment(SegmentName name, string folder)
    {
        _name = name;
        _folder = folder;
    }

    /// <summary>Full path.</summary>
    public string Path => System.IO.Path.Combine(_folder, _name.Text);

    /// <summary>Its length in bytes, which may have grown since.</summary>
    public long Length => IsFile ? File.Length : 0;

    /// <summary>When the segment was last written to, in UTC, as precisely as the file system has it.</summary>
    public DateTime LastWritten => File.LastWriteTimeUtc;

    /// <summary>When the segment was begun, in UTC, by the clock of its writer.</summary>
    public DateTime Begun => _name.Begun;

    internal string Name => _name.Text;

    internal long Sequence => _name.Sequence;

    /// <summary>Whether the file still exists. A symbolic link is not a segment.</summary>
    internal bool IsFile => File.Exists && (File.Attributes & FileAttributes.ReparsePoint) == 0;

    /// <inheritdoc cref="SegmentName.IsComplete"/>
    internal bool IsComplete => _name.IsComplete;

    private FileInfo File => _file ??= new FileInfo(Path);

    /// <summary>The segments of a log, the oldest first; empty when there is no such folder. A symbolic link is not a segment.</summary>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public static IReadOnlyList<Segment> List(string folder) => ListNamesOf(folder, int.MaxValue).FindAll(static segment => segment.IsFile);

    /// <summary>Whether a file has the place and the name of a segment of a log.</summary>
    /// <param name="folder">Full path of the log's folder.</param>
    /// <param name="path">Full path of the file.</param>
    public static bool IsIn(string folder, string path) =>
        SegmentName.Parse(System.IO.Path.GetFileName(path.AsSpan())) is { } name && System.IO.Path.Combine(folder, name.Text) == path;

    /// <summary>Checks that a folder, if it exists, can be listed. It does not list all of a large folder.</summary>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public static void RequireListing(string folder) => ListNamesOf(folder, most: 1);

    // Before first use there is none, and an exception costs more than the rest of a command. Unlike Directory.Exists, this throws if the answer is
    // not available.
    private static bool IsThere(string folder) => new DirectoryInfo(folder).Attributes != OwnerOnlyFolder.Absent;

    /// <summary>The names of segments, the oldest first. The files are not opened or measured yet: there may be very many.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="most">The maximum number; beyond it, the file system decides which ones are listed.</param>
    internal static List<Segment> ListNames(string folder, int most)
    {
        // Creating path strings for very many files would take most of the time.
        FileSystemEnumerable<SegmentName?> names = new(
            folder,
            static (ref FileSystemEntry entry) => entry.IsDirectory ? null : SegmentName.Parse(entry.FileName),
            EveryFile);
        var segments = new List<Segment>();
        foreach (SegmentName? name in names)
        {
            if (name is not null)
            {
                segments.Add(new Segment(name, folder));
                if (segments.Count == most)
                {
                    break;
                }
            }
        }

        segments.Sort(static (left, right) => string.CompareOrdinal(left._name.Text, right._name.Text));
        return segments;
    }

    private static List<Segment> ListNamesOf(string folder, int most)
    {
        try
        {
            return IsThere(folder) ? ListNames(folder, most) : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (StoreException.IsExpected(e))
        {
            throw StoreException.From(e);
        }
    }
}

/// <summary>
/// The file name of a segment: <c>0000000042-20261121T093000Z.jsonl</c>. The sequence number comes first, so that names sort in the order of
/// creation, independent of the clock. A segment that its writer filled alone has a random part after the time.
/// </summary>
internal sealed class SegmentName
{
    public const string Extension = ".jsonl";

    /// <summary>The largest number in a name.</summary>
    public const long MaxSequence = 9_999_999_999;

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

    /// <summary>Whether one writer wrote all of the segment before it got this name, so that nothing is added to it.</summary>
    public bool IsComplete => Text.Length > StemLength + Extension.Length;

    public static SegmentName Shared(long sequence, DateTime begun) => new(Stem(sequence, begun) + Extension, sequence, begun);

    public static SegmentName Complete(long sequence, DateTime begun) =>
        new(Stem(sequence, begun) + "-" + Guid.NewGuid().ToString("N") + Extension, sequence, begun);

    /// <summary>A number for a segment if the last one is unknown: Unix seconds, which no count of segments reaches, at most half of the largest.</summary>
    public static long SequenceAt(DateTime time) => Math.Clamp((long)(time - DateTime.UnixEpoch).TotalSeconds, 0, MaxSequence / 2);

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

/// <summary>Days of the Gregorian calendar by their numbers.</summary>
/// <remarks>Written by hand, because a build pays for the first call: the framework's date parser takes a fifth of the first append to a store.</remarks>
internal static class CalendarDay
{
    /// <summary>Returns the first moment of a day (UTC); null when there is no such day.</summary>
    public static DateTime? Find(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc)
            : null;
}
