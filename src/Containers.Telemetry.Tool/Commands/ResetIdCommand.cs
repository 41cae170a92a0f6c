using System.CommandLine;
using Containers.Telemetry.Identity;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ResetIdCommand(ToolContext context)
    : ToolCommand("reset-id", "Replaces your anonymous id by another random one, so that events from now on cannot be joined with earlier ones.")
{
    public override IReadOnlyList<string> Examples => ["reset-id"];

    protected override int Run(ParseResult arguments)
    {
        var data = new UserData(context, namedStore: null);
        Guid id = AnonymousId.Replace(data.Config, context.Clock.GetUtcNow())
            ?? throw ToolException.Failure($"The id cannot be replaced: {data.Config.Path} cannot be written. Make it a folder that you may write to.");
        context.Terminal.WriteLine($"Your anonymous id is now {id:D}.");
        return ExitCodes.Done;
    }
}
