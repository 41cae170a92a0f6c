using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Commands;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool;

internal sealed class CommandCatalog(ToolContext context, Option<string?> store)
{
    // In the order in which help lists them.
    private Entry[] Entries =>
    [
        new("status", () => new StatusCommand(context, store)),
        new("enable", () => new ChoiceCommand(context, isOn: true)),
        new("disable", () => new ChoiceCommand(context, isOn: false)),
        new("consent", () => new ConsentCommand(context)),
        new("reset-id", () => new ResetIdCommand(context)),
        new("show", () => new ShowCommand(context, store)),
        new("report", () => new ReportCommand(context, store)),
        new("export", () => new ExportCommand(context, store)),
        new("fields", () => new FieldsCommand(context, store)),
        new("projects", () => new ProjectsCommand(context)),
        new("export-dataset", () => new ExportDatasetCommand(context, store)),
        new("flush", () => new FlushCommand(context, store)),
        new("send", () => new SendCommand(context, store)),
        new("purge", () => new PurgeCommand(context, store)),
        new("import", () => new ImportCommand(context, store)),
        new("fleet", () => new FleetCommand(context)),
        new("doctor", () => new DoctorCommand(context, store)),
        new("preview", () => new PreviewCommand(context, store)),
        new("schema", () => new SchemaCommand(context)),
        new("completion", () => new CompletionCommand(context)),
    ];

    /// <summary>Builds all commands, in the order in which help lists them.</summary>
    public IEnumerable<ToolCommand> All => Entries.Select(static entry => entry.Create());

    /// <summary>Builds one command, much faster than all of them; null if none has the name.</summary>
    public ToolCommand? Find(string? name) => Entries.FirstOrDefault(entry => entry.Name == name)?.Create();

    private sealed record Entry(string Name, Func<ToolCommand> Create);
}
