using System.CommandLine.Completions;
using Containers.Telemetry.Fleet.Reports;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Tool.Completion;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Fleets;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ReportCommand : StoreCommand
{
    private readonly Option<string?> _since;
    private readonly Option<string?> _until;
    private readonly Option<string[]> _by;
    private readonly Option<string[]> _where;
    private readonly Option<string[]> _measures;
    private readonly Option<string?> _sort;
    private readonly Option<string?> _limit;
    private readonly Option<string?> _min;
    private readonly Option<string?> _compare;
    private readonly Option<string?> _failIf;
    private readonly Option<string[]> _section;
    private readonly Option<bool> _ownEvents;
    private readonly Option<bool> _all;
    private readonly Option<bool> _noPager;
    private readonly Option<string?> _format;
    private readonly Option<string?> _output;
    private readonly Option<bool> _open;
    private readonly Option<string?> _title;
    private readonly Option<string?> _source;

    public ReportCommand(ToolContext context, Option<string?> store)
        : base(context, store, "report", "Answers questions about the publishes in the store.")
    {
        _since = With<string?>("--since", "MOMENT", "Publishes from this moment on: 7d, 2026-10-01");
        _until = With<string?>("--until", "MOMENT", "Publishes before this moment");
        _by = With<string[]>("--by", "FIELD[,FIELD]", "One table, grouped by these fields: containers-telemetry fields lists them");
        _by.CompletionSources.Add(static _ => ReportField.All.Where(static field => field.CanGroup).Select(static field => new CompletionItem(field.Name)));
        _where = With<string[]>(
            "--where", "FILTER", "Only publishes that match: FIELD=VALUE[,VALUE], also with !=, <, <=, > or >=, joined by and, or and parentheses");
        _where.CompletionSources.Add(static _ => FilterCompletion.All);
        _measures = With<string[]>(
            "--measures", "MEASURE[,MEASURE]", "The figures of the groups: SuccessRate, DurationP95 and the others that containers-telemetry fields lists");
        _measures.CompletionSources.Add(static _ => Measure.Names.Select(static name => new CompletionItem(name)));
        _sort = With<string?>("--sort", "MEASURE|FIELD", "Orders the groups by a measure, the largest first, or a field; with :asc or :desc");
        _sort.CompletionSources.Add(static _ => Measure.Names.Select(static name => new CompletionItem(name)));
        _limit = With<string?>("--limit", "N", "The maximum number of groups");
        _min = With<string?>("--min", "N", "Only groups of at least N publishes");
        _compare = With<string?>(
            "--compare",
            "previous|MOMENT|FIELD=A..B",
            "Compares each group with the period before (previous), with the time before a moment, or with another value (FIELD=A..B)");
        _compare.CompletionSources.Add("previous");
        _failIf = With<string?>(
            "--fail-if", "MEASURE<VALUE", "Exits with 4 if a measure of all publishes, or of a group of --by, meets this condition: SuccessRate<95");
        _section = With<string[]>("--section", "SECTION", "Only these sections: " + string.Join(", ", SectionIds.All));
        _section.CompletionSources.Add(static _ => SectionIds.All.Select(static id => new CompletionItem(id)));
        _ownEvents = With(new Option<bool>("--own-events") { Description = "Reports on the events that your own targets log, in place of publishes" });
        _all = With(new Option<bool>("--all") { Description = "All sections; by default, a terminal shows only the answer" });
        _noPager = With(new Option<bool>("--no-pager") { Description = "Shows tables in the terminal itself, not in $PAGER" });
        _format = With(
            "--format", "FORMAT", string.Join(", ", ReportFormat.Names) + "; by the file's extension if absent, or a table", ReportFormat.Names);
        _output = With(new Option<string?>("--output", "-o") { Description = "Writes to a file; - is the standard output", HelpName = "FILE" });
        _source = WithSource();
        _open = With(new Option<bool>("--open") { Description = "Opens the file afterwards" });
        _title = With<string?>("--title", "TEXT", "The title of the page, or of the Markdown");
    }

    public override IReadOnlyList<string> Examples =>
    [
        "report",
        "report --since 30d --all",
        "report --section failures,retries",
        "report --by SdkVersion,Outcome --where CiProvider=GitHubActions,GitLab",
        "report --since 7d --by team --compare previous",
        "report --by PushType --sort DurationP95 --min 20",
        "report --own-events --by step --measures Publishes,SuccessRate,DurationP95",
        "report --since 1d --fail-if 'SuccessRate<95'",
        "report --since 2026-10-01 -o report.json",
        "report --since 90d -o report.html --open",
        "report --source clickhouse://ch.contoso.example/telemetry --since 7d",
    ];

    public override string MeaningOfNo => "there is no such publish, or some events could not be read";

    public override string MeaningOfConditionMet => "the condition of --fail-if is met";

    protected override int Run(ParseResult arguments)
    {
        string? file = OutputFile.Named(arguments.GetValue(_output));
        string? path = file is null ? null : Context.FullPath(file);
        ReportFormat? format = ReportFormat.Find(arguments.GetValue(_format), file);
        if (arguments.GetValue(_open) && file is null)
        {
            throw ToolException.Usage("--open opens a file. Name it with -o FILE.");
        }

        string? title = arguments.GetValue(_title);
        if (title is not null && (format?.HasTitle is not true || string.IsNullOrWhiteSpace(title)))
        {
            throw ToolException.Usage(format?.HasTitle is not true
                ? "--title names a page or Markdown. Add -o FILE.html or --format markdown."
                : "--title is empty. Give a text, or leave it out.");
        }

        ReportResult report = arguments.GetValue(_source) is { } address ? OfFleet(arguments, format, address) : OfStore(arguments, format);
        report = report with { Title = title ?? ReportResult.DefaultTitle };
        ReadingNotes.Write(Context.Terminal, report.Reading);
        foreach (QueryProblem problem in report.UnknownValues)
        {
            Context.Terminal.WriteNote($"note: {problem}");
        }

        if (report.FromTheFuture > 0)
        {
            Context.Terminal.WriteNote(
                $"note: {HumanFormat.Count(report.FromTheFuture, "publish is", "publishes are")} more than a day in the future, and left out. " +
                "Include their time with --until to see them.");
        }

        bool isEmpty = report.Publishes + report.Unfinished + report.Running == 0;
        if (!isEmpty || format is not null || file is not null)
        {
            WriteResult(arguments, report, format, path, file);
        }

        if (isEmpty)
        {
            Context.Terminal.WriteNote(
                arguments.GetValue(_source) is not null ? NothingThere.InFleet
                : report.Query.Subject is ReportSubject.OwnEvents && report.Reading.Files > 0 ? NothingThere.OfYourOwn
                : NothingThere.Text(
                    Context,
                    DataOf(arguments).EventsPath,
                    SourcesOf(arguments),
                    report.Query.Since,
                    report.Query.Until ?? report.Generated,
                    isFiltered: report.Query.Where is not null,
                    TimeZoneInfo.Utc));
        }

        foreach (string reason in report.FailedBecause)
        {
            Context.Terminal.WriteNote($"--fail-if: {reason}");
        }

        return report.FailedBecause.Count > 0 ? ExitCodes.ConditionMet
            : report.Publishes + report.Unfinished > 0 && report.Reading.IsComplete ? ExitCodes.Done : ExitCodes.No;
    }

    private ReportResult OfStore(ParseResult arguments, ReportFormat? format)
    {
        string[] sources = SourcesOf(arguments);
        ReportQuery query = QueryOf(arguments, format, DimensionNames.Find(sources), sources);
        ReportResult report = Run(query);
        return query.IsGrouped || report.Reading.OtherDimensions.Count == 0 ? report
            : Run(query with { Dimensions = [.. DimensionNames.Join(query.Dimensions, report.Reading.OtherDimensions)] });

        ReportResult Run(ReportQuery query) =>
            new ProgressBar(Context.Terminal).ShowBytes("Reading", progress => Report.Run(sources, query, progress, Context.Clock.GetUtcNow()));
    }

    private ReportResult OfFleet(ParseResult arguments, ReportFormat? format, string address) => FleetSession.Ask(
        Context,
        address,
        connection => FleetReport.Run(connection, QueryOf(arguments, format, FleetDimensions.Find(connection), sources: null), Context.Clock.GetUtcNow()));

    private void WriteResult(ParseResult arguments, ReportResult report, ReportFormat? format, string? path, string? file)
    {
        if (path is null)
        {
            Write(report, format, usesPager: !arguments.GetValue(_noPager));
            return;
        }

        if (format is not null && Path.EndsInDirectorySeparator(file!))
        {
            WriteFolder(path, file!, report, format);
        }
        else
        {
            OutputFile.Write(path, file!, output => WriteTo(output, report, format));
        }

        if (arguments.GetValue(_open))
        {
            DesktopProgram.Open(path);
        }
    }

    private ReportQuery QueryOf(ParseResult arguments, ReportFormat? format, IReadOnlyList<string> dimensions, string[]? sources)
    {
        ReportQuery query = Query(arguments, dimensions, sources) with
        {
            IsFilterable = format?.IsFilterable is true,
            Subject = arguments.GetValue(_ownEvents) ? ReportSubject.OwnEvents : ReportSubject.Publishes,
        };
        if (arguments.GetValue(_all) && (query.IsGrouped || query.Sections.Count > 0))
        {
            throw ToolException.Usage("--all shows all sections, and --by, --compare and --section choose. Leave out one of them.");
        }

        bool isAnswer = format is null
            && !query.IsGrouped
            && query.Sections.Count == 0
            && !arguments.GetValue(_all)
            && query.Subject is ReportSubject.Publishes;
        return isAnswer ? query with { Sections = [Answer.Section] } : query;
    }

    private ReportQuery Query(ParseResult arguments, IReadOnlyCollection<string> dimensions, string[]? sources) => ParseQuery(
        new ReportQueryText
        {
            By = arguments.GetValue(_by) ?? [],
            Compare = arguments.GetValue(_compare),
            FailIf = arguments.GetValue(_failIf),
            Limit = arguments.GetValue(_limit),
            Measures = arguments.GetValue(_measures) ?? [],
            Minimum = arguments.GetValue(_min),
            Sections = arguments.GetValue(_section) ?? [],
            Since = arguments.GetValue(_since),
            Sort = arguments.GetValue(_sort),
            Until = arguments.GetValue(_until),
            Where = arguments.GetValue(_where) ?? [],
        },
        dimensions,
        sources);

    private void Write(ReportResult report, ReportFormat? format, bool usesPager)
    {
        if (format is null)
        {
            new Pager(Context.Terminal, Context.Machine).Write(usesPager, terminal => WriteText(terminal, report));
            return;
        }

        using Stream output = Context.Terminal.OpenOut();
        format.Write(report, output);
    }

    /// <summary>Writes a file for each table, named after it.</summary>
    private static void WriteFolder(string path, string name, ReportResult report, ReportFormat format)
    {
        Directory.CreateDirectory(path);
        foreach (Reports.Tables.ReportTable table in report.Tables)
        {
            string file = table.Id + format.Endings[0];
            OutputFile.Write(Path.Combine(path, file), name + file, output => format.Write(report with { Tables = [table] }, output));
        }
    }

    private void WriteTo(Stream output, ReportResult report, ReportFormat? format)
    {
        if (format is not null)
        {
            format.Write(report, output);
            return;
        }

        ReportFormat.WriteText(output, writer =>
        {
            var terminal = new Terminal(TextReader.Null, writer, static () => TextWriter.Null) { Width = Context.Terminal.Width };
            WriteText(terminal, report);
        });
    }

    private void WriteText(Terminal terminal, ReportResult report)
    {
        if (report.Query.Sections is [Answer.Section] && Answer.Of(report) is { } answer)
        {
            new AnswerText(terminal, answer).Write();
        }
        else
        {
            new ReportTablesText(terminal, ProjectNames.Of(Context.Config)).Write(report);
        }
    }
}
