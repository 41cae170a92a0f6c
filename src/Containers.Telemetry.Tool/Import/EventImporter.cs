using System.IO.Compression;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.CommandLine;

namespace Containers.Telemetry.Tool.Import;

/// <summary>Imports events from files of OTLP/JSON lines.</summary>
/// <param name="progress">Receives the number of bytes that are read so far.</param>
/// <param name="journal">The journal of an interrupted import; null for none.</param>
internal sealed class EventImporter(IImportTarget target, Action<long>? progress = null, ImportJournal? journal = null)
{
    // A file that begins with so many other lines is not a file of events.
    private const int HopelessLines = 10_000;

    private static ReadOnlySpan<byte> Blanks => " \t\r"u8;

    private long _bytesBefore;
    private long _bytesRead;

    public ImportCounts Counts { get; } = new();

    private long Events => Counts.Imported + Counts.Duplicates + Counts.Newer.Count;

    /// <summary>Imports a file, compressed by gzip or not.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="name">The name of the file in messages.</param>
    /// <exception cref="IOException">The file cannot be read, or the target cannot be written.</exception>
    public void Import(string path, string name)
    {
        Counts.Files++;
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var opened = OpenedFile.Of(path, file);
        _bytesBefore = _bytesRead;
        if (journal?.HasWhole(opened) is true)
        {
            ShowProgress(opened.Length);
            return;
        }

        if (!TryImport(file, name, journal?.Begin(opened) ?? 0))
        {
            // The file was replaced.
            file.Position = 0;
            journal?.Begin(opened);
            TryImport(file, name, passed: 0);
        }

        journal?.End();
    }

    /// <summary>Imports what comes through a pipe, compressed by gzip or not.</summary>
    /// <inheritdoc cref="Import(string, string)"/>
    public void Import(Stream pipe, string name)
    {
        Counts.Files++;
        _bytesBefore = _bytesRead;
        TryImport(pipe, name, passed: 0);
    }

    /// <summary>Imports the lines after some that were imported earlier.</summary>
    /// <returns>False if these lines have changed since.</returns>
    private bool TryImport(Stream file, string name, long passed)
    {
        using Stream raw = PeekedStream.Open(file, length: 2, out byte[] start);
        using Stream content = start is [0x1f, 0x8b] ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        var reader = new LineReader(content, ReportReader.MaxLineLength);
        var mistakes = new List<(long Number, string Problem)>();
        long number = 0;
        long bytes = 0;
        bool isOtlp = passed > 0;
        long eventsBefore = Events;
        bool isSpread = false;
        LinePart part;
        do
        {
            part = Next(reader, ++number, mistakes, out ReadOnlySpan<byte> line);
            bytes += line.Length + 1;
            ShowProgress(file.CanSeek ? file.Position : bytes);
            if (number == 1 && line.StartsWith("\uFEFF"u8))
            {
                line = line["\uFEFF"u8.Length..];
            }

            isSpread |= number == 1 && line.Trim(Blanks) is [(byte)'{' or (byte)'['];
            if (number <= passed)
            {
                journal!.Pass(line);
                if (part is LinePart.None || (number == passed && !journal.IsSame()))
                {
                    return false;
                }

                continue;
            }

            string? problem = part is LinePart.TooLong ? "longer than can be read" : ImportLine(line);
            journal?.Pass(line);
            isOtlp |= problem is null && !IsBlank(line);
            if (problem is not null)
            {
                mistakes.Add((number, problem));
            }

            if (!isOtlp && (mistakes.Count >= HopelessLines || (part is LinePart.TooLong && !MayBeJson(line))))
            {
                break;
            }

            if (isOtlp)
            {
                Report(name, mistakes);
            }
        }
        while (part is LinePart.Whole or LinePart.TooLong);

        target.Flush();
        if (!isOtlp && mistakes.Count > 0)
        {
            Counts.BadFiles++;
            string operand = name == ImportFiles.InputName ? "" : " " + ShellWord.Quote(name);
            string advice = isSpread ? $" Where its JSON is spread over several lines, put each request in one: jq -c .{operand}" : "";
            throw new InvalidDataException($"{name} is not a file of OTLP/JSON lines; nothing was imported from it.{advice}");
        }

        Report(name, mistakes);
        Counts.FilesWithoutEvents += passed == 0 && Events == eventsBefore ? 1 : 0;
        return true;
    }

    // The rest of a damaged archive is lost, but not the lines before the damage.
    private static LinePart Next(LineReader reader, long number, List<(long Number, string Problem)> mistakes, out ReadOnlySpan<byte> line)
    {
        try
        {
            return reader.Read(out line);
        }
        catch (InvalidDataException)
        {
            mistakes.Add((number, "the compressed data is damaged from here on"));
            line = default;
            return LinePart.None;
        }
    }

    private void ShowProgress(long bytesOfFile)
    {
        if (progress is not null && _bytesBefore + bytesOfFile is var bytesRead && bytesRead != _bytesRead)
        {
            _bytesRead = bytesRead;
            progress(bytesRead);
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.TrimStart(Blanks).IsEmpty;

    // A longer beginning of something else may have no end, such as a device.
    private static bool MayBeJson(ReadOnlySpan<byte> line) => line.TrimStart(Blanks).StartsWith("{"u8);

    private void Report(string file, List<(long Number, string Problem)> mistakes)
    {
        foreach (var (number, problem) in mistakes)
        {
            Counts.AddBadLine(file, number, problem);
        }

        mistakes.Clear();
    }

    /// <summary>Returns the problem of a line, or null.</summary>
    private string? ImportLine(ReadOnlySpan<byte> line)
    {
        if (IsBlank(line))
        {
            return null;
        }

        StoredLine read = OtlpLogReader.Read(line);
        switch (read.State)
        {
            case StoredLineState.Canceled:
                // Its writer was killed: no complete event is lost.
                return null;
            case StoredLineState.OtherSignal:
                Counts.OtherLines++;
                return null;
            case StoredLineState.NotUtf8:
                return "not UTF-8";
            case StoredLineState.NotJson:
                return "not JSON";
            case StoredLineState.OtherJson:
                return "not OTLP";
        }

        Counts.Newer.Add(read);
        foreach (StoredEvent stored in read.Events)
        {
            if (target.Add(stored))
            {
                Counts.Imported++;
            }
            else
            {
                Counts.Duplicates++;
            }
        }

        return null;
    }
}

/// <summary>Receives imported events.</summary>
internal interface IImportTarget
{
    /// <returns>Whether it is new; false if the target is known to have it already.</returns>
    bool Add(StoredEvent stored);

    /// <summary>Writes buffered events; called at the end of each file.</summary>
    void Flush();
}
