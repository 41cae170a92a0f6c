using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Otlp;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Finds the dimensions in the events of files without reading all of them: a query needs its columns before it reads.</summary>
public static class DimensionNames
{
    /// <summary>The most names: an organization declares fewer.</summary>
    public const int MostNames = 64;

    private const int MostFiles = 64;
    private const int SampleLength = 1 << 16;
    private const int LastSampleLength = 1 << 18;

    private static readonly byte[] Prefix = Encoding.UTF8.GetBytes('"' + OtlpFormat.DimensionPrefix);

    /// <summary>Returns the names in the beginnings and the ends of files, in order. A dimension of only a few events may be missing.</summary>
    /// <param name="sources">Files and folders, as for <see cref="Report.Run"/>.</param>
    /// <param name="ofLast">Whether the query needs only the last publishes, so that the last files are enough.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> sources, bool ofLast = false)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        byte[] sample = new byte[ofLast ? LastSampleLength : SampleLength];
        IEnumerable<SourceFile> files = SourceFile.Find(sources, [], fromEnd: true);
        foreach (SourceFile file in ofLast ? LastOf(files) : SpreadOver([.. files]))
        {
            try
            {
                AddFrom(file, sample, names);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // The report itself reports unreadable files.
            }
        }

        return [.. names.Take(MostNames)];
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

    private static void AddFrom(SourceFile file, byte[] sample, SortedSet<string> names)
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

    private static void AddFrom(ReadOnlySpan<byte> text, SortedSet<string> names)
    {
        while (text.IndexOf(Prefix) is >= 0 and var start)
        {
            text = text[(start + Prefix.Length)..];
            int end = text.IndexOf((byte)'"');
            if (end > 0 && Encoding.UTF8.GetString(text[..end]) is var name && Dimensions.IsName(name))
            {
                names.Add(name);
            }
        }
    }
}
