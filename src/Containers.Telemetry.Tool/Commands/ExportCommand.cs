using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports.Listing;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Completion;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Exporting;
using Containers.Telemetry.Tool.Fleets;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ExportCommand : StoreCommand
{
    private const string Parquet = "parquet";
    private const string Csv = "csv";
    private const string JsonLines = "jsonl";

    private static readonly string[] Formats = [Parquet, Csv, JsonLines];

    private readonly MomentOption _since;
    private readonly MomentOption _until;
    private readonly Option<string[]> _where;
    private readonly Option<string?> _format;
    private readonly Option<string?> _output;
    private readonly Option<string?> _source;

    public ExportCommand(ToolContext context, Option<string?> store)
        : base(context, store, "export", "Writes publishes for other programs, one row each with all fields: Parquet, CSV or JSON lines.")
    {
        _since = With(new MomentOption("--since", "Publishes from this moment on", context.Clock, TimeZoneInfo.Utc));
        _until = With(new MomentOption("--until", "Publishes from before this moment", context.Clock, TimeZoneInfo.Utc));
        _where = With<string[]>("--where", "FILTER", "Only publishes that match this filter, as for report");
        _where.CompletionSources.Add(static _ => FilterCompletion.All);
        _format = With("--format", "FORMAT", "parquet, csv or jsonl; by the file's extension if absent", Formats);
        _output = With(new Option<string?>("--output", "-o")
        {
            Description = "Writes to a file; the standard output if absent, but not for parquet",
            HelpName = "FILE",
        });
        _source = WithSource();
    }

    public override IReadOnlyList<string> Examples =>
        ["export -o publishes.parquet", "export --since 90d --where Outcome=error -o failures.csv", "export --format jsonl | jq .Error"];

    public override string MeaningOfNo => "there is no such publish, or some events could not be read";

    protected override int Run(ParseResult arguments)
    {
        string? file = OutputFile.Named(arguments.GetValue(_output));
        string format = FormatOf(arguments.GetValue(_format), file);
        RequirePeriod(_since.In(arguments), _until.In(arguments));
        PublishList list = arguments.GetValue(_source) is { } address ? OfFleet(arguments, address) : OfStore(arguments);
        if (file is null)
        {
            using Stream output = Context.Terminal.OpenOut();
            Write(list, format, output);
        }
        else
        {
            OutputFile.Write(Context.FullPath(file), file, output => Write(list, format, output));
        }

        return list.Publishes.Count > 0 && list.Reading.IsComplete ? ExitCodes.Done : ExitCodes.No;
    }

    private PublishList OfStore(ParseResult arguments)
    {
        string[] sources = SourcesOf(arguments);
        ListQuery query = QueryOf(arguments, DimensionNames.Find(sources), sources);
        PublishList list = new ProgressBar(Context.Terminal)
            .ShowBytes("Reading", progress => PublishList.Read(sources, query, progress, Context.Clock.GetUtcNow()));
        ReadingNotes.Write(Context.Terminal, list.Reading);
        if (list.Publishes.Count == 0)
        {
            Context.Terminal.WriteNote(NothingThere.Text(Context, DataOf(arguments).EventsPath, sources, query, TimeZoneInfo.Utc));
        }

        return list;
    }

    private PublishList OfFleet(ParseResult arguments, string address) => FleetSession.Ask(Context, address, connection =>
    {
        ListQuery query = QueryOf(arguments, FleetDimensions.Find(connection), sources: null);
        PublishList list = FleetList.Read(connection, query, Context.Clock.GetUtcNow());
        if (list.Publishes.Count == 0)
        {
            Context.Terminal.WriteNote(NothingThere.InFleet);
        }

        return list;
    });

    private static string FormatOf(string? format, string? file)
    {
        string ending = file is null ? "" : Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
        string found = format ?? Array.Find(Formats, one => one == ending)
            ?? throw ToolException.Usage($"The format of {file ?? "the output"} is not known. Add --format {string.Join('|', Formats)}.");
        return found == Parquet && file is null ? throw ToolException.Usage("Parquet is not text. Name a file with -o FILE.") : found;
    }

    private ListQuery QueryOf(ParseResult arguments, IReadOnlyList<string> dimensions, string[]? sources) => new()
    {
        Fields = PublishFields.All(dimensions),
        TakesAllDimensions = true,
        Since = _since.In(arguments),
        Until = _until.In(arguments),
        Where = ParseQuery(new ReportQueryText { Where = arguments.GetValue(_where) ?? [] }, dimensions, sources).Where,
    };

    private static void Write(PublishList list, string format, Stream output)
    {
        switch (format)
        {
            case Parquet:
                PublishParquet.WriteAsync(list, output).GetAwaiter().GetResult();
                break;
            case Csv:
                ReportFormat.WriteText(output, writer => PublishCsv.Write(list, writer));
                break;
            default:
                foreach (PublishEntry entry in list.Publishes)
                {
                    PublishJson.WriteLine(output, entry, list.Fields);
                }

                break;
        }
    }
}
