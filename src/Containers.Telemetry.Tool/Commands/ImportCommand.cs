using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Store;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Fleets;
using Containers.Telemetry.Tool.Import;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ImportCommand : StoreCommand
{
    private readonly Argument<string[]> _files;
    private readonly Option<bool> _json;
    private readonly Option<string?> _to;
    private readonly List<string> _foreign = [];
    private readonly List<UnreadableFile> _unreadable = [];

    public ImportCommand(ToolContext context, Option<string?> store)
        : base(
            context,
            store,
            "import",
            "Imports events from other machines into the store: files of OTLP/JSON lines, also compressed by gzip, " +
            "such as a Collector's file exporter writes. Events that the store already has are skipped.")
    {
        _files = WithArgument(new Argument<string[]>("FILE|FOLDER")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Files, or folders of files that end in .jsonl, .ndjson or .json, with .gz or without; - is the standard input",
        });
        _json = WithJson();
        _to = With<string?>("--to", "ADDRESS", "Writes to the database of a fleet, clickhouse://HOST/DATABASE, in place of the store");
    }

    public override IReadOnlyList<string> Examples =>
        [
            "import build-agent-7.jsonl.gz",
            "import --store fleet/ collector-output/",
            "ssh agent-7 cat events.jsonl | containers-telemetry import -",
            "import collector-output/ --to clickhouse://ch.contoso.example/telemetry",
        ];

    public override string MeaningOfNo => "some lines or files could not be read; the rest is imported";

    protected override int Run(ParseResult arguments)
    {
        IReadOnlyList<(string Path, string Name)> files = new ImportFiles(Context).Find(arguments.GetRequiredValue(_files), _unreadable);
        ImportCounts counts = arguments.GetValue(_to) is { } address ? ToFleet(files, arguments, address) : ToStore(files, DataOf(arguments));
        foreach (string message in _foreign)
        {
            Context.Terminal.WriteNote(message);
        }

        foreach (UnreadableFile one in _unreadable)
        {
            counts.BadFiles++;
            Context.Terminal.WriteNote($"{one.Path} cannot be read: {one.Message}");
        }

        bool isOfInput = arguments.GetRequiredValue(_files) is [ImportFiles.Input];
        Report(counts, isOfInput ? ImportFiles.InputName : HumanFormat.Count(counts.Files, "file"), arguments.GetValue(_json));
        if (arguments.GetValue(_to) is null)
        {
            ReportSize(DataOf(arguments));
        }

        return counts.IsComplete ? ExitCodes.Done : ExitCodes.No;
    }

    private ImportCounts ToStore(IReadOnlyList<(string Path, string Name)> files, UserData data)
    {
        using var target = new StoreTarget(data, Context.Clock);
        return Import(files, target);
    }

    private ImportCounts ToFleet(
        IReadOnlyList<(string Path, string Name)> files, ParseResult arguments, string address) => FleetSession.Ask(Context, address, connection =>
    {
        IEnumerable<string> sources = arguments.GetRequiredValue(_files).Select(Context.FullPath);
        using var journal = ImportJournal.Open(DataOf(arguments).ImportsPath, connection.Address.ToString(), sources);
        Continue(journal, connection);
        var target = new FleetTarget(connection, journal, message => Context.Terminal.WriteNote(message));
        ImportCounts counts = Import(files, target, journal);
        target.Complete();
        counts.Incomplete = target.Incomplete;
        counts.Imported -= target.Incomplete;
        return counts;
    });

    // If the tables were emptied or recreated, the import starts again.
    private void Continue(ImportJournal journal, FleetConnection connection)
    {
        if (journal.Kept.Last is not { } last)
        {
            return;
        }

        if (FleetWriter.HasAsync(connection, last.PublishId, last.EventId).GetAwaiter().GetResult())
        {
            Context.Terminal.WriteNote(
                $"note: An earlier import of these files into {connection.Address} was interrupted. " +
                $"This one continues after the {HumanFormat.Count(journal.Kept.Events, "event")} that it wrote.");
        }
        else
        {
            journal.Forget();
        }
    }

    private ImportCounts Import(IReadOnlyList<(string Path, string Name)> files, IImportTarget target, ImportJournal? journal = null)
    {
        bool isEndless = files.Any(static file => file.Path == ImportFiles.Input);
        return new ProgressBar(Context.Terminal).ShowBytes("Importing", show => Import(files, target, journal, isEndless, show), isEndless);
    }

    private ImportCounts Import(
        IReadOnlyList<(string Path, string Name)> files, IImportTarget target, ImportJournal? journal, bool isEndless, Action<long, long>? show)
    {
        long whole = show is null || isEndless ? 0 : files.Sum(static file => OtlpFiles.LengthOf(file.Path));
        var importer = new EventImporter(target, show is null ? null : read => show(read, whole), journal);
        foreach (var (path, name) in files)
        {
            try
            {
                if (path == ImportFiles.Input)
                {
                    importer.Import(Context.Terminal.OpenInput(), name);
                }
                else
                {
                    importer.Import(path, name);
                }
            }
            catch (InvalidDataException e)
            {
                _foreign.Add(e.Message);
            }
            catch (Exception e) when (e is not StoreException and (IOException or UnauthorizedAccessException))
            {
                _unreadable.Add(UnreadableFile.Of(name, e));
            }
        }

        return importer.Counts;
    }

    private void Report(ImportCounts counts, string source, bool asJson)
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
                writer.WriteNumber("newerEvents", counts.Newer.Count);
                writer.WriteNumber("files", counts.Files);
            });
        }
        else
        {
            string duplicates = counts.Duplicates > 0
                ? $"; {HumanFormat.Count(counts.Duplicates)} {(counts.Duplicates == 1 ? "was" : "were")} there already"
                : "";
            terminal.WriteLine($"Imported {HumanFormat.Count(counts.Imported, "event")} from {source}{duplicates}.");
        }

        ReadingNotes.WriteUnreadableLines(terminal, counts.BadLines, counts.NamedBadLines);
        if (counts.Imported + counts.Duplicates + counts.Newer.Count == 0 && counts.FilesWithoutEvents > 0)
        {
            string empty = source == ImportFiles.InputName ? "Standard input has" : HumanFormat.Count(counts.FilesWithoutEvents, "file has", "files have");
            terminal.WriteNote(
                $"note: {empty} no event of Containers.Telemetry" +
                (counts.OtherLines > 0
                    ? ", but spans or metrics. Events are log records."
                    : ". Name the files of a store, or of a Collector's file exporter."));
        }

        ReadingNotes.WriteNewer(terminal, counts.Newer.Count, counts.Newer.NeededReaderVersion);
        if (counts.Incomplete > 0)
        {
            terminal.WriteNote(
                $"note: {HumanFormat.Count(counts.Incomplete, "event has", "events have")} no id or no time, and could be counted twice. " +
                $"{(counts.Incomplete == 1 ? "It was" : "They were")} left out.");
        }
    }

    private void ReportSize(UserData data)
    {
        if (Segment.List(data.EventsPath).Sum(segment => segment.Length) is var size and > SegmentedLogLimits.DefaultMaxBytes)
        {
            Context.Terminal.WriteNote(
                $"note: The store holds {HumanFormat.Size(size)}. " +
                $"A publish that stores its events there keeps {HumanFormat.Size(SegmentedLogLimits.DefaultMaxBytes)} by default. " +
                "Import into a separate store: --store DIR.");
        }
    }
}
