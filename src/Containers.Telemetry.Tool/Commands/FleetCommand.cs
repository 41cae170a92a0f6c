using Containers.Telemetry.Fleet.Checking;
using Containers.Telemetry.Fleet.Connection;
using Containers.Telemetry.Fleet.Ingest;
using Containers.Telemetry.Fleet.Schema;
using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Fleets;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class FleetCommand : ToolCommand
{
    public FleetCommand(ToolContext context)
        : base("fleet", "Sets up and checks the ClickHouse database that holds the publishes of a fleet. See docs/fleet.md.")
    {
        Subcommands.Add(new FleetCheckCommand(context));
        Subcommands.Add(new FleetInitCommand(context));
        Subcommands.Add(new FleetMigrateCommand(context));
        Subcommands.Add(new FleetAssembleCommand(context));
    }

    public override IReadOnlyList<string> Examples => [FleetInitCommand.Example, FleetCheckCommand.Example];

    protected override int Run(ParseResult arguments)
    {
        string commands = string.Join(", ", Subcommands.Select(static command => command.Name));
        throw ToolException.Usage($"fleet needs a command: {commands}. See containers-telemetry fleet --help.");
    }
}

/// <summary>A command that works on the database of a fleet.</summary>
internal abstract class FleetDatabaseCommand : ToolCommand
{
    private readonly Argument<string> _address;

    protected FleetDatabaseCommand(ToolContext context, string name, string description)
        : base(name, description)
    {
        Context = context;
        _address = WithArgument(new Argument<string>("ADDRESS")
        {
            Description = $"{FleetAddress.Form}; " +
                $"the user and the password are in {FleetCredentials.UserVariable} and {FleetCredentials.PasswordVariable}",
        });
    }

    protected ToolContext Context { get; }

    protected string AddressOf(ParseResult arguments) => arguments.GetRequiredValue(_address);
}

internal sealed class FleetCheckCommand : FleetDatabaseCommand
{
    public const string Example = "fleet check clickhouse://localhost/telemetry";

    private readonly Option<bool> _json;

    public FleetCheckCommand(ToolContext context)
        : base(context, "check", "Checks the database and says what to do: version, tables, shards, lag, duplicates, dimensions. It only reads.")
    {
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => [Example];

    public override string MeaningOfNo => "there is something to do";

    protected override int Run(ParseResult arguments)
    {
        IReadOnlyList<FleetFinding> findings = FleetSession.Run(Context, AddressOf(arguments), static connection => new FleetCheck(connection).RunAsync());
        if (arguments.GetValue(_json))
        {
            WriteJson(findings);
        }
        else
        {
            WriteText(findings);
        }

        return findings.All(static finding => finding.IsGood) ? ExitCodes.Done : ExitCodes.No;
    }

    private void WriteText(IReadOnlyList<FleetFinding> findings)
    {
        int width = findings.Max(static finding => finding.Check.Length);
        foreach (FleetFinding finding in findings)
        {
            string mark = Context.Terminal.Toned(finding.IsGood ? "ok  " : "do  ", finding.IsGood ? Tone.Good : Tone.Bad);
            Context.Terminal.WriteLine($"{mark}{finding.Check.PadRight(width)}  {finding.Message}{(finding.Remedy.Length > 0 ? " " + finding.Remedy : "")}");
        }
    }

    private void WriteJson(IReadOnlyList<FleetFinding> findings) => JsonText.Write(
        Context.Terminal,
        writer => writer.WriteObjects("findings", findings, finding =>
        {
            writer.WriteString("check", finding.Check);
            writer.WriteBoolean("isGood", finding.IsGood);
            writer.WriteString("message", finding.Message);
            writer.WriteString("remedy", finding.Remedy);
        }));
}

internal sealed class FleetInitCommand : FleetDatabaseCommand
{
    public const string Example = "fleet init clickhouse://localhost/telemetry --apply";

    // Most statements are printed without an answer of the server, so the wait for it is short.
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    private readonly Option<bool> _apply;
    private readonly Option<bool> _print;
    private readonly Option<string?> _cluster;
    private readonly CountOption _retention;

    public FleetInitCommand(ToolContext context)
        : base(context, "init", "Creates the tables of a fleet. Repeated runs are safe; a table that something else created is refused.")
    {
        _apply = With(new Option<bool>("--apply") { Description = "Runs the statements" });
        _print = With(new Option<bool>("--print") { Description = "Prints the statements, to be run by hand" });
        _cluster = With<string?>("--cluster", "NAME", "Spreads the tables over the shards of this cluster");
        _retention = With(new CountOption(
            "--retention-days", $"days from 1 to {FleetSetup.LongestRetentionDays}", least: 1, most: FleetSetup.LongestRetentionDays)
        {
            Description = $"Days after which ClickHouse deletes a publish ({FleetSetup.DefaultRetentionDays})",
        });
    }

    public override IReadOnlyList<string> Examples =>
        [
            "fleet init clickhouse://localhost/telemetry --print",
            Example,
            "fleet init clickhouses://ch.contoso.example/telemetry --apply --cluster main",
        ];

    protected override int Run(ParseResult arguments)
    {
        string address = AddressOf(arguments);
        string? cluster = arguments.GetValue(_cluster);
        int retention = _retention.In(arguments) ?? FleetSetup.DefaultRetentionDays;
        Require(arguments, cluster);
        if (arguments.GetValue(_print))
        {
            Print(FleetSetup.Statements(FleetSession.Parse(address).Database, cluster, retention));
            Print(CollectorStatements(address, cluster));
            return ExitCodes.Done;
        }

        FleetChanges changes = FleetSession.Run(Context, address, connection => new FleetSetup(connection).ApplyAsync(cluster, retention));
        new FleetChangesText(Context.Terminal).Write(changes, "The tables are there already. Nothing was changed.");
        return ExitCodes.Done;
    }

    // The statements of the tables do not depend on the server, so they are printed without one, too.
    private IReadOnlyList<string> CollectorStatements(string address, string? cluster)
    {
        try
        {
            CollectorStatements collector = FleetSession.Run(
                Context, address, connection => new FleetSetup(connection).CollectorStatementsAsync(cluster), LongestLook);
            new FleetChangesText(Context.Terminal).WriteMisfit(collector.Misfit);
            return collector.Statements;
        }
        catch (ToolException e)
        {
            Context.Terminal.WriteNote($"note: {e.Message} The statements for the Collector's table are left out.");
            return [];
        }
    }

    private void Print(IEnumerable<string> statements)
    {
        foreach (string line in statements.SelectMany(static statement => $"{statement};\n".Split('\n')))
        {
            Context.Terminal.WriteLine(line);
        }
    }

    private void Require(ParseResult arguments, string? cluster)
    {
        if (arguments.GetValue(_apply) == arguments.GetValue(_print))
        {
            throw ToolException.Usage(
                "Pass either --print, which shows the statements, or --apply, which runs them. See containers-telemetry fleet init --help.");
        }

        if (cluster is not null && !FleetSetup.IsName(cluster))
        {
            throw ToolException.Usage("--cluster takes the name of a cluster: letters, digits and underscores, not beginning with a digit.");
        }
    }
}

internal sealed class FleetMigrateCommand(ToolContext context)
    : FleetDatabaseCommand(context, "migrate", "Brings the tables of an older version up to date. A step that failed in the middle is repeated.")
{
    public override IReadOnlyList<string> Examples => ["fleet migrate clickhouse://localhost/telemetry"];

    protected override int Run(ParseResult arguments)
    {
        FleetChanges changes = FleetSession.Run(Context, AddressOf(arguments), static connection => new FleetSetup(connection).MigrateAsync());
        new FleetChangesText(Context.Terminal).Write(changes, "The tables are up to date. Nothing was changed.");
        return ExitCodes.Done;
    }
}

internal sealed class FleetAssembleCommand : FleetDatabaseCommand
{
    private readonly MomentOption _since;

    public FleetAssembleCommand(ToolContext context)
        : base(
            context,
            "assemble",
            "Assembles publishes from the events that a Collector has written. " +
            "Run it about every minute, or when fleet check asks for it; repeated runs are safe.")
    {
        _since = With(new MomentOption("--since", "Publishes with an event that arrived from this moment on; an hour ago if absent", context.Clock));
    }

    public override IReadOnlyList<string> Examples =>
        ["fleet assemble clickhouse://localhost/telemetry --since 10m", "fleet assemble clickhouse://localhost/telemetry --since 1d"];

    protected override int Run(ParseResult arguments)
    {
        DateTimeOffset since = _since.In(arguments) ?? Context.Clock.GetUtcNow().AddHours(-1);
        FleetSession.Run(Context, AddressOf(arguments), async connection =>
        {
            await FleetWriter.AssembleSinceAsync(connection, since).ConfigureAwait(false);
            return true;
        });
        Context.Terminal.WriteLine("The publishes are up to date.");
        return ExitCodes.Done;
    }
}

