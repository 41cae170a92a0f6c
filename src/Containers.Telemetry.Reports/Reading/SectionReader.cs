using Containers.Telemetry.Store;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Reads sections of files line by line. For one thread, which uses it again for each section.</summary>
/// <param name="progress">Receives the number of bytes read since the last call.</param>
internal sealed class SectionReader(LineProcessor lines, Action<long> progress)
{
    private readonly byte[] _buffer = new byte[256 << 10];

    public void Read(FileSection section, CancellationToken cancellationToken)
    {
        using FileStream file = section.File.OpenRead();

        // A line begins at the section's start only if the byte before it ends one.
        file.Position = Math.Max(0, section.Start - 1);
        long end = section.File.IsCompressed ? long.MaxValue : section.End;
        using Stream content = section.File.ContentOf(file);
        var reader = new LineReader(content, ReportReader.MaxLineLength, file.Position, _buffer);
        bool isInSection = section.Start == 0;
        long reported = section.Start;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LinePart part = reader.Read(out ReadOnlySpan<byte> line);
            long position = Math.Min(file.Position, section.End);
            if (position > reported)
            {
                progress(position - reported);
                reported = position;
            }

            if (isInSection && part is not LinePart.None && reader.LineStart < end)
            {
                section.Lines++;
                Take(section, part, line);
            }

            if (part is LinePart.None or LinePart.Unfinished || reader.Offset >= end)
            {
                return;
            }

            isInSection = true;
        }
    }

    private void Take(FileSection section, LinePart part, ReadOnlySpan<byte> line)
    {
        if (part is LinePart.TooLong)
        {
            lines.TooLong(section);
        }
        else
        {
            lines.Line(section, line, part is LinePart.Unfinished && MayBeTorn(section, line));
        }
    }

    // A writer that was killed, or is still writing, leaves the beginning of a line. It leaves no zeros, and it does not write compressed files: a
    // truncated one was complete once.
    private static bool MayBeTorn(FileSection section, ReadOnlySpan<byte> rest) => !section.File.IsCompressed && rest.TrimStart(" \t"u8).StartsWith("{"u8);
}
