using System.CommandLine;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Import;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ImportCommand : StoreCommand
{
    private readonly Argument<string[]> _files;
    private readonly Option<bool> _json;

    public ImportCommand(ToolContext context, Option<string?> store)
        : base(context, store, "import", "Takes events from other machines into the store: files of OTLP/JSON lines, also compressed by gzip, such as a collector's file exporter writes. Events that the store has already are skipped.")
    {
        _files = WithArgument(new Argument<string[]>("FILE|FOLDER") { Arity = ArgumentArity.OneOrMore, Description = "Files, or folders of files that end in .jsonl, .ndjson or .json, with .gz or without" });
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => ["import build-agent-7.jsonl.gz", "import --store fleet/ collector-output/"];

    public override string MeaningOfNo => "some lines or files could not be read; the rest is imported";

    protected override int Run(ParseResult arguments)
    {
        var unreadable = new List<UnreadableFile>();
        IReadOnlyList<(string Path, string Name)> files = new ImportFiles(Context).Find(arguments.GetRequiredValue(_files), unreadable);
        UserData data = DataOf(arguments);
        var foreign = new List<string>();
        ImportCounts counts = new ProgressBar(Context.Terminal).ShowBytes("Importing", show => Import(files, data, foreign, unreadable, show));
        foreach (string message in foreign)
        {
            Context.Terminal.WriteNote(message);
        }

        foreach (UnreadableFile one in unreadable)
        {
            counts.BadFiles++;
            Context.Terminal.WriteNote($"{one.Path} cannot be read: {one.Message}");
        }

        Report(counts, data, arguments.GetValue(_json));
        return counts.IsComplete ? ExitCodes.Done : ExitCodes.No;
    }

    private ImportCounts Import(
        IReadOnlyList<(string Path, string Name)> files, UserData data, List<string> foreign, List<UnreadableFile> unreadable, Action<long, long>? show)
    {
        long whole = show is null ? 0 : files.Sum(static file => OtlpFiles.LengthOf(file.Path));
        using var importer = new EventImporter(data, Context.Clock, show is null ? null : read => show(read, whole));
        foreach (var (path, name) in files)
        {
            try
            {
                importer.Import(path, name);
            }
            catch (InvalidDataException e)
            {
                foreign.Add(e.Message);
            }
            catch (Exception e) when (e is not StoreException and (IOException or UnauthorizedAccessException))
            {
                unreadable.Add(UnreadableFile.Of(name, e));
            }
        }

        return importer.Counts;
    }

    private void Report(ImportCounts counts, UserData data, bool asJson)
    {
        Terminal terminal = Context.Terminal;
        if (asJson)
        {
            JsonText.Write(terminal, writer =>
            {
                writer.WriteNumber("imported", counts.Imported);
                writer.WriteNumber("duplicates", counts.Duplicates);
                writer.WriteNumber("badLines", counts.BadLines);
                writer.WriteNumber("badFiles", counts.BadFiles);
                writer.WriteNumber("newerEvents", counts.Newer);
                writer.WriteNumber("files", counts.Files);
            });
        }
        else
        {
            string duplicates = counts.Duplicates > 0 ? $"; {HumanFormat.Count(counts.Duplicates)} {(counts.Duplicates == 1 ? "was" : "were")} there already" : "";
            terminal.WriteLine($"Imported {HumanFormat.Count(counts.Imported, "event")} from {HumanFormat.Count(counts.Files, "file")}{duplicates}.");
        }

        if (counts.BadLines > 0)
        {
            string which = counts.BadLines > counts.NamedBadLines.Count ? "; the first ones" : "";
            terminal.WriteNote($"note: {HumanFormat.Count(counts.BadLines, "line")} could not be read{which}: {string.Join("; ", counts.NamedBadLines)}");
        }

        if (counts.Newer > 0)
        {
            terminal.WriteNote($"note: {HumanFormat.Count(counts.Newer, "event needs", "events need")} a reader of version {counts.NeededReaderVersion}. Update containers-telemetry.");
        }

        if (Segment.List(data.EventsPath).Sum(segment => segment.Length) is var size and > SegmentedLogLimits.DefaultMaxBytes)
        {
            terminal.WriteNote($"note: The store holds {HumanFormat.Size(size)}. A publish that stores its events there keeps {HumanFormat.Size(SegmentedLogLimits.DefaultMaxBytes)} by default. Import into a store of its own: --store DIR.");
        }
    }
}
