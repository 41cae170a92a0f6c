using System.IO.Compression;
using System.Text.Unicode;

namespace Containers.Telemetry.Reports.Reading;

/// <summary>Cuts sections of files into lines. For one thread, which uses it again for each section.</summary>
/// <param name="lines">Takes the lines.</param>
/// <param name="progress">Told how many bytes of the files were read since the last time.</param>
internal sealed class SectionReader(ILineSink lines, Action<long> progress)
{
    private const int InitialBufferSize = 1 << 18;
    private byte[] _buffer = [];

    /// <summary>Reads the lines that begin in a section.</summary>
    public void Read(FileSection section, CancellationToken cancellationToken)
    {
        if (_buffer.Length != InitialBufferSize)
        {
            _buffer = new byte[InitialBufferSize];
        }

        using FileStream file = section.File.OpenRead();
        if (section.File.IsCompressed)
        {
            using var content = new GZipStream(file, CompressionMode.Decompress);
            Read(content, file, section, 0, long.MaxValue, cancellationToken);
        }
        else
        {
            // A line begins at the section's start only if the byte before it ends one.
            file.Position = Math.Max(0, section.Start - 1);
            Read(file, file, section, file.Position, section.End, cancellationToken);
        }
    }

    private void Read(Stream content, FileStream file, FileSection section, long position, long end, CancellationToken cancellationToken)
    {
        int used = 0;
        bool isSkipping = position != section.Start;
        bool isTooLong = false;
        long reported = file.Position;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = content.Read(_buffer, used, _buffer.Length - used);
            long current = Math.Min(file.Position, section.End);
            progress(Math.Max(0, current - reported));
            reported = Math.Max(reported, current);
            if (count == 0)
            {
                if (used > 0 || isTooLong)
                {
                    section.Lines++;
                    EndOfFile(section, _buffer.AsSpan(0, used), isTooLong);
                }

                return;
            }

            used += count;
            ReadOnlySpan<byte> text = _buffer.AsSpan(0, used);
            if (isSkipping)
            {
                int newLine = text.IndexOf((byte)'\n');
                int skipped = newLine < 0 ? used : newLine + 1;
                position += skipped;
                text = text[skipped..];
                isSkipping = newLine < 0;
                if (newLine >= 0 && isTooLong)
                {
                    isTooLong = false;
                    section.Lines++;
                    lines.TooLong(section);
                }
            }

            int complete = isSkipping ? 0 : text.LastIndexOf((byte)'\n') + 1;
            if (!TakeLines(text[..complete], section, ref position, end) || (position >= end && !isTooLong))
            {
                return;
            }

            text = text[complete..];
            text.CopyTo(_buffer);
            used = text.Length;
            if (used == _buffer.Length)
            {
                if (used < ReportReader.MaxLineLength)
                {
                    Array.Resize(ref _buffer, Math.Min(used * 2, ReportReader.MaxLineLength));
                }
                else
                {
                    isTooLong = true;
                    isSkipping = true;
                    position += used;
                    used = 0;
                }
            }
        }
    }

    /// <summary>Hands on complete lines; false when one begins behind the end.</summary>
    private bool TakeLines(ReadOnlySpan<byte> text, FileSection section, ref long position, long end)
    {
        bool isValid = Utf8.IsValid(text);
        while (!text.IsEmpty)
        {
            if (position >= end)
            {
                return false;
            }

            int length = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = text[..length];
            section.Lines++;
            if (isValid || Utf8.IsValid(line))
            {
                lines.Line(section, line, isTorn: false);
            }
            else
            {
                lines.InvalidUtf8(section);
            }

            text = text[(length + 1)..];
            position += length + 1;
        }

        return true;
    }

    private void EndOfFile(FileSection section, ReadOnlySpan<byte> rest, bool isTooLong)
    {
        if (isTooLong)
        {
            lines.TooLong(section);
        }
        else if (Utf8.IsValid(rest))
        {
            lines.Line(section, rest, MayBeTorn(section, rest));
        }
        else if (MayBeTorn(section, rest))
        {
            lines.TornTail();
        }
        else
        {
            lines.InvalidUtf8(section);
        }
    }

    // A writer that was stopped, or is at it still, leaves the beginning of a line. It leaves no zeros, and it does not write compressed files:
    // one that breaks off has lost what was complete once.
    private static bool MayBeTorn(FileSection section, ReadOnlySpan<byte> rest) => !section.File.IsCompressed && rest.TrimStart(" \t"u8).StartsWith("{"u8);
}
