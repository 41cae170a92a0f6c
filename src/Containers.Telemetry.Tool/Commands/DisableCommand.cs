using System.CommandLine;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class DisableCommand(ToolContext context) : ToolCommand("disable", "Turns telemetry off for all projects of this user.")
{
    public override IReadOnlyList<string> Examples => ["disable"];

    public override string MeaningOfNo => "the choice is stored, but an environment variable comes before it";

    protected override int Run(ParseResult arguments) => new ChoiceKeeper(context).Keep(ConsentChoice.Disabled);
}
