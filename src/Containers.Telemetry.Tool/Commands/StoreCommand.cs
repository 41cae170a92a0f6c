using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Commands;

/// <summary>A command that works on the data of the user.</summary>
internal abstract class StoreCommand(ToolContext context, Option<string?> store, string name, string description) : ToolCommand(name, description)
{
    private bool _isProblemNoted;

    protected ToolContext Context { get; } = context;

    /// <summary>Finds the data. Writes a note if the setting of the store is invalid, since the command then uses the default folder.</summary>
    /// <param name="storeProperty">The property ContainersTelemetryStore of a project, if known.</param>
    protected UserData DataOf(ParseResult arguments, string? storeProperty = null)
    {
        UserData data = FindData(arguments, storeProperty);
        if (data.Folder is { Problem: { } problem, Path: { } path } && !_isProblemNoted)
        {
            _isProblemNoted = true;
            Context.Terminal.WriteNote($"note: {problem.Code}: {problem.Text} It is {path}.");
        }

        return data;
    }

    /// <summary>Finds the data, for commands that report an invalid setting themselves.</summary>
    /// <inheritdoc cref="DataOf"/>
    /// <exception cref="ToolException">The store that was named is a file.</exception>
    protected UserData FindData(ParseResult arguments, string? storeProperty = null) =>
        arguments.GetValue(store) is { } named && File.Exists(Context.FullPath(named))
            ? throw ToolException.Usage(
                $"--store names the folder of a store, and {named} is a file. " +
                $"Import its events into a store: {ProgramName} import {ShellWord.Quote(named)} --store DIR.")
            : new(Context, arguments.GetValue(store), storeProperty);

    /// <summary>The sources of a report; none where there are no events yet.</summary>
    /// <exception cref="StoreException">A file is in place of the store, or this user may not read it.</exception>
    protected string[] SourcesOf(ParseResult arguments)
    {
        string folder = DataOf(arguments).EventsPath;
        StoreFolder.Require(folder);
        return Directory.Exists(folder) ? [folder] : [];
    }

    /// <summary>Parses the options of a query about publishes.</summary>
    /// <param name="dimensions">The names of dimensions that may be asked about.</param>
    /// <param name="sources">Searched whole for a dimension of an unknown name before it is refused; null where the dimensions are all there are.</param>
    /// <exception cref="ToolException">A value cannot be understood.</exception>
    protected ReportQuery ParseQuery(ReportQueryText text, IReadOnlyCollection<string> dimensions, string[]? sources)
    {
        IReadOnlyList<QueryProblem> problems = Parse(dimensions, out ReportQuery query);
        if (sources is not null && problems.Any(static problem => problem.IsUnknownField))
        {
            problems = Parse(DimensionNames.FindAll(sources), out query);
        }

        return problems.Count == 0 ? query : throw ToolException.Usage($"{problems[0].Option}: {problems[0]} See {ProgramName} {Name} --help.");

        IReadOnlyList<QueryProblem> Parse(IReadOnlyCollection<string> known, out ReportQuery parsed) =>
            ReportQuery.Parse(text, Context.Clock.GetUtcNow(), out parsed, known, () => ProjectNames.Of(Context.Config).All);
    }

    /// <summary>Refuses a period without a moment in it.</summary>
    /// <exception cref="ToolException">It ends where it begins, or before.</exception>
    protected void RequirePeriod(DateTimeOffset? since, DateTimeOffset? until)
    {
        if (since >= until)
        {
            throw ToolException.Usage($"--until: The period ends before it begins. See {ProgramName} {Name} --help.");
        }
    }

    /// <summary>Adds the option that names a fleet's database.</summary>
    /// <param name="usesStore">Whether the command uses a store beside the database. Otherwise, naming both is an error.</param>
    protected Option<string?> WithSource(bool usesStore = false)
    {
        Option<string?> source =
            With<string?>("--source", "ADDRESS", "Reads the database of a fleet, clickhouse://HOST/DATABASE, in place of the store");
        Validators.Add(result =>
        {
            if (!usesStore && result.GetResult(source) is not null && result.GetResult(store) is not null)
            {
                result.AddError("--store reads a store, and --source reads the database of a fleet. Leave out one of them.");
            }
        });
        return source;
    }
}
