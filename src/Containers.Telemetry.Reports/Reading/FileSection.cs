namespace Containers.Telemetry.Reports.Reading;

/// <summary>A part of a file that one thread reads: the lines that begin in it.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="end">Where it ends; the last of its lines may end later.</param>
internal sealed class FileSection(SourceFile file, long start, long end)
{
    /// <summary>The length of sections: large enough that few lines cross their borders, small enough to keep all threads busy to the end.</summary>
    public const long Length = 16 << 20;

    private const int MaxSamples = 3;

    public SourceFile File { get; } = file;

    public long Start { get; } = start;

    public long End { get; } = end;

    /// <summary>Number of lines that begin in it, blank ones included.</summary>
    public long Lines { get; set; }

    /// <summary>Number of its lines that hold OTLP logs.</summary>
    public long Readable { get; set; }

    /// <summary>Number of its lines that do not, a torn tail not counted.</summary>
    public long Unreadable { get; private set; }

    public List<UnreadableSample> Samples { get; } = [];

    /// <summary>The error that stopped the reading; null for none.</summary>
    public string? Failure { get; set; }

    /// <summary>Cuts files into sections. A compressed file is one: it can only be read from its start.</summary>
    /// <param name="sectionLength">The length of a section, the last one of a file excepted.</param>
    public static List<FileSection> Cut(IEnumerable<SourceFile> files, long sectionLength = Length)
    {
        var sections = new List<FileSection>();
        foreach (SourceFile file in files)
        {
            long length = file.IsCompressed ? file.Length : sectionLength;
            for (long start = 0; start < file.Length; start += length)
            {
                sections.Add(new FileSection(file, start, Math.Min(start + length, file.Length)));
            }
        }

        return sections;
    }

    /// <summary>Counts the lines of the file that begin before the section; 0 if it cannot be read any more.</summary>
    public long CountLinesBefore()
    {
        if (Start == 0)
        {
            return 0;
        }

        try
        {
            using FileStream file = File.OpenRead();
            byte[] buffer = new byte[64 << 10];
            long lines = 1;

            // A line feed right before the section begins one in it.
            for (long left = Start - 1; left > 0;)
            {
                int length = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
                if (length == 0)
                {
                    break;
                }

                lines += buffer.AsSpan(0, length).Count((byte)'\n');
                left -= length;
            }

            return lines;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Records that the last line could not be understood.</summary>
    public void AddUnreadable(LineProblem problem)
    {
        Unreadable++;
        if (Samples.Count < MaxSamples)
        {
            Samples.Add(new UnreadableSample(Lines, problem));
        }
    }
}

/// <summary>A line that could not be understood.</summary>
/// <param name="Line">Its number in the section, from 1.</param>
internal sealed record UnreadableSample(long Line, LineProblem Problem);
