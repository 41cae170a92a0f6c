using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Commands;

/// <summary>The commands <c>enable</c> and <c>disable</c>, which store a choice.</summary>
internal sealed class ChoiceCommand(ToolContext context, bool isOn)
    : ToolCommand(isOn ? "enable" : "disable", $"Turns telemetry {(isOn ? "on" : "off")} for all projects of this user.")
{
    public override IReadOnlyList<string> Examples => [Name];

    public override string MeaningOfNo => "the choice is stored, but an environment variable comes before it";

    protected override int Run(ParseResult arguments) => new ChoiceKeeper(context).Keep(isOn ? ConsentChoice.Enabled : ConsentChoice.Disabled);
}
