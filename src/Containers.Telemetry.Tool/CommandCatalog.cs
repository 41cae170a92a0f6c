using System.CommandLine;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Commands;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool;

/// <summary>All commands, in the order in which help lists them.</summary>
/// <param name="context">The world outside.</param>
/// <param name="store">The option that names another store.</param>
internal sealed class CommandCatalog(ToolContext context, Option<string?> store)
{
    public IEnumerable<ToolCommand> Create() =>
    [
        new StatusCommand(context, store),
        new EnableCommand(context),
        new DisableCommand(context),
        new ConsentCommand(context),
        new ResetIdCommand(context),
        new ShowCommand(context, store),
        new ReportCommand(context, store),
        new ExportCommand(context, store),
        new FieldsCommand(context, store),
        new ProjectsCommand(context),
        new ExportDatasetCommand(context, store),
        new FlushCommand(context, store),
        new SendCommand(context, store),
        new PurgeCommand(context, store),
        new ImportCommand(context, store),
        new FleetCommand(context),
        new DoctorCommand(context, store),
        new PreviewCommand(context, store),
        new SchemaCommand(context),
        new CompletionCommand(context),
    ];
}
