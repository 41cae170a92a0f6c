using System.CommandLine;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.Tool.Reporting;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ReportCommand : StoreCommand
{
    private readonly Option<string?> _since;
    private readonly Option<string?> _until;
    private readonly Option<string[]> _by;
    private readonly Option<string[]> _where;
    private readonly Option<string[]> _section;
    private readonly Option<string?> _format;
    private readonly Option<string?> _output;
    private readonly Option<bool> _open;

    public ReportCommand(ToolContext context, Option<string?> store)
        : base(context, store, "report", "Answers questions about the publishes in the store.")
    {
        _since = With(new Option<string?>("--since") { Description = "Publishes from this moment on: 7d, 2026-10-01", HelpName = "MOMENT" });
        _until = With(new Option<string?>("--until") { Description = "Publishes before this moment", HelpName = "MOMENT" });
        _by = With(new Option<string[]>("--by") { Description = "One table, grouped by these fields (see containers-telemetry schema)", HelpName = "FIELD[,FIELD]" });
        _by.CompletionSources.Add(static _ => ReportField.All.Where(static field => field.CanGroup).Select(static field => new System.CommandLine.Completions.CompletionItem(field.Name)));
        _where = With(new Option<string[]>("--where") { Description = "Only publishes of which this is true; FIELD!=VALUE for those of which it is not", HelpName = "FIELD=VALUE" });
        _section = With(new Option<string[]>("--section") { Description = "Only these sections: " + string.Join(", ", Report.SectionIds), HelpName = "SECTION" });
        _section.CompletionSources.Add(static _ => Report.SectionIds.Select(static id => new System.CommandLine.Completions.CompletionItem(id)));
        _format = With(new Option<string?>("--format") { Description = string.Join(", ", ReportFormat.Names) + "; by the ending of the file, or a table", HelpName = "FORMAT" });
        _format.AcceptOnlyFromAmong(ReportFormat.Names);
        _output = With(new Option<string?>("--output", "-o") { Description = "Writes to a file; - is the standard output", HelpName = "FILE" });
        _open = With(new Option<bool>("--open") { Description = "Opens the file afterwards" });
    }

    public override IReadOnlyList<string> Examples =>
    [
        "report --since 30d",
        "report --section failures,retries",
        "report --by SdkVersion,Outcome --where CiProvider=GitHubActions",
        "report --since 2026-10-01 -o report.json",
        "report --since 90d -o report.html --open",
    ];

    public override string MeaningOfNo => "there is no such publish, or some events could not be read";

    protected override int Run(ParseResult arguments)
    {
        string? file = arguments.GetValue(_output) is var named and not OutputFile.StandardOutput ? named : null;
        string? path = file is null ? null : Context.FullPath(file);
        ReportFormat? format = ReportFormat.Find(arguments.GetValue(_format), file);
        if (arguments.GetValue(_open) && file is null)
        {
            throw ToolException.Usage("--open opens a file. Name it with -o FILE.");
        }

        ReportQuery query = Query(arguments) with { IsFilterable = format?.IsFilterable is true };
        string[] sources = SourcesOf(arguments);
        ReportResult report = new ReadingProgressBar(Context.Terminal).Show(progress =>
            Report.Run(sources, query, progress, Context.Clock.GetUtcNow()));

        new ReadingNotes(Context.Terminal).Write(report.Reading);
        foreach (QueryProblem problem in report.UnknownValues)
        {
            Context.Terminal.WriteNote($"note: {problem}");
        }

        if (report.FromTheFuture > 0)
        {
            Context.Terminal.WriteNote(
                $"note: {HumanFormat.Count(report.FromTheFuture, "publish lies", "publishes lie")} more than a day in the future and {(report.FromTheFuture == 1 ? "is" : "are")} left out. Name their time with --until to see them.");
        }

        if (format is null && file is null && report.Publishes + report.Unfinished + report.Running == 0)
        {
            Context.Terminal.WriteNote("There is no such publish. Publish a container, or see containers-telemetry doctor.");
            return ExitCodes.No;
        }

        if (path is null)
        {
            Write(report, format);
        }
        else
        {
            OutputFile.Write(path, file!, output => WriteTo(output, report, format));
            if (arguments.GetValue(_open))
            {
                DesktopProgram.Open(path);
            }
        }

        return report.Publishes + report.Unfinished > 0 && report.Reading.IsComplete ? ExitCodes.Done : ExitCodes.No;
    }

    private ReportQuery Query(ParseResult arguments)
    {
        var text = new ReportQueryText
        {
            By = arguments.GetValue(_by) ?? [],
            Sections = arguments.GetValue(_section) ?? [],
            Since = arguments.GetValue(_since),
            Until = arguments.GetValue(_until),
            Where = arguments.GetValue(_where) ?? [],
        };
        IReadOnlyList<QueryProblem> problems = ReportQuery.Parse(text, Context.Clock.GetUtcNow(), out ReportQuery query);
        return problems.Count == 0 ? query : throw ToolException.Usage($"{problems[0].Option}: {problems[0]} See containers-telemetry report --help.");
    }

    private void Write(ReportResult report, ReportFormat? format)
    {
        if (format is null)
        {
            new ReportTablesText(Context.Terminal).Write(report);
            return;
        }

        using var buffer = new MemoryStream();
        format.Write(report, buffer);
        buffer.Position = 0;
        Context.Terminal.Out.Write(new StreamReader(buffer).ReadToEnd());
    }

    private void WriteTo(Stream output, ReportResult report, ReportFormat? format)
    {
        if (format is not null)
        {
            format.Write(report, output);
            return;
        }

        ReportFormat.WriteText(output, writer => new ReportTablesText(new Terminal(TextReader.Null, writer, static () => TextWriter.Null) { Width = Context.Terminal.Width }).Write(report));
    }
}
