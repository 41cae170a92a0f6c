using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Consenting;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ConsentCommand(ToolContext context) : ToolCommand("consent", "Shows what is collected, asks for consent, and stores the answer.")
{
    public override IReadOnlyList<string> Examples => ["consent"];

    public override string MeaningOfNo => "the answer is no, or there is none";

    protected override int Run(ParseResult arguments) => new ConsentDialog(context).Run();
}
