using System.CommandLine;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class EnableCommand(ToolContext context) : ToolCommand("enable", "Turns telemetry on for all projects of this user.")
{
    public override IReadOnlyList<string> Examples => ["enable"];

    public override string MeaningOfNo => "the choice is stored, but an environment variable comes before it";

    protected override int Run(ParseResult arguments) => new ChoiceKeeper(context).Keep(ConsentChoice.Enabled);
}
