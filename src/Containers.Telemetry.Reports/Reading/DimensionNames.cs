using Containers.Telemetry.Events;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Querying;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>
/// Finds the dimensions in the events of files: a query needs its columns before it reads. A sample has nearly all of them.
/// The reading itself finds those that the sample misses (<see cref="ReadingStatistics.OtherDimensions"/>), and is then repeated.
/// </summary>
public static class DimensionNames
{
    /// <summary>The most names, the first in order: an organization declares fewer.</summary>
    public const int MostNames = DimensionSet.MostNames;

    private const int MostFiles = 64;
    private const int SampleLength = 1 << 16;
    private const int LastSampleLength = 1 << 18;
    private const int BufferLength = 1 << 18;

    private static readonly byte[] Prefix = Encoding.UTF8.GetBytes('"' + OtlpFormat.DimensionPrefix);

    /// <summary>Returns the names in the beginnings and the ends of files, in order. A dimension of only a few events may be missing.</summary>
    /// <param name="sources">Files and folders, as for <see cref="Report.Run"/>.</param>
    /// <param name="ofLast">Whether the query needs only the last publishes, so that the last files are enough.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> sources, bool ofLast = false)
    {
        var names = new DimensionSet();
        byte[] sample = new byte[ofLast ? LastSampleLength : SampleLength];
        IEnumerable<SourceFile> files = SourceFile.Find(sources, [], fromEnd: true);
        foreach (SourceFile file in ofLast ? LastOf(files) : SpreadOver([.. files]))
        {
            TryAdd(file, names, AddFromEnds, sample);
        }

        return names.Names;
    }

    /// <summary>Returns the names in whole files, in order.</summary>
    /// <param name="sources">Files and folders, as for <see cref="Report.Run"/>.</param>
    public static IReadOnlyList<string> FindAll(IReadOnlyList<string> sources)
    {
        var names = new DimensionSet();
        byte[] buffer = new byte[BufferLength];
        foreach (SourceFile file in SourceFile.Find(sources, []))
        {
            TryAdd(file, names, AddFromWhole, buffer);
        }

        return names.Names;
    }

    /// <summary>Joins known names and others, in order.</summary>
    public static IReadOnlyList<string> Join(IEnumerable<string> known, IEnumerable<string> others)
    {
        var names = new DimensionSet();
        foreach (string name in known.Concat(others))
        {
            names.Add(name);
        }

        return names.Names;
    }

    private static void TryAdd(SourceFile file, DimensionSet names, Action<SourceFile, byte[], DimensionSet> add, byte[] buffer)
    {
        try
        {
            add(file, buffer, names);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The reading itself reports unreadable files.
        }
    }

    private static IEnumerable<SourceFile> SpreadOver(SourceFile[] files)
    {
        int step = Math.Max(1, files.Length / MostFiles);
        return files.Where((_, i) => i % step == 0);
    }

    // Without locks there is a file for each publish: read as many of the last ones as fill a sample.
    private static IEnumerable<SourceFile> LastOf(IEnumerable<SourceFile> files)
    {
        long length = 0;
        foreach (SourceFile file in files.Take(MostFiles))
        {
            yield return file;
            length += file.Length;
            if (length >= LastSampleLength)
            {
                yield break;
            }
        }
    }

    private static void AddFromWhole(SourceFile file, byte[] buffer, DimensionSet names)
    {
        // The longest part of an attribute that the next bytes complete.
        int longestPart = Prefix.Length + Dimensions.MaxNameLength;
        using FileStream stream = file.OpenRead();
        using Stream content = file.ContentOf(stream);
        int kept = 0;
        while (content.Read(buffer.AsSpan(kept)) is > 0 and var read)
        {
            int length = kept + read;
            AddFrom(buffer.AsSpan(0, length), names);
            kept = Math.Min(length, longestPart);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
        }
    }

    private static void AddFromEnds(SourceFile file, byte[] sample, DimensionSet names)
    {
        using FileStream stream = file.OpenRead();
        using Stream content = file.ContentOf(stream);
        AddFrom(sample.AsSpan(0, content.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false)), names);
        if (!file.IsCompressed && file.Length > sample.Length)
        {
            stream.Position = Math.Max(sample.Length, file.Length - sample.Length);
            AddFrom(sample.AsSpan(0, stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false)), names);
        }
    }

    private static void AddFrom(ReadOnlySpan<byte> text, DimensionSet names)
    {
        while (text.IndexOf(Prefix) is >= 0 and var start)
        {
            text = text[(start + Prefix.Length)..];
            int end = text[..Math.Min(text.Length, Dimensions.MaxNameLength + 1)].IndexOf((byte)'"');
            if (end > 0)
            {
                names.Add(Encoding.UTF8.GetString(text[..end]));
            }
        }
    }
}
