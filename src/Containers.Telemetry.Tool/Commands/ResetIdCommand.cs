using Containers.Telemetry.Identity;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class ResetIdCommand(ToolContext context)
    : ToolCommand("reset-id", "Replaces your anonymous id and the key of your project ids, so that no id joins new events with earlier ones.")
{
    public override IReadOnlyList<string> Examples => ["reset-id"];

    protected override int Run(ParseResult arguments)
    {
        var data = new UserData(context);
        UserIdentity identity = UserIdentity.Replace(data.Config, context.Clock.GetUtcNow())
            ?? throw ToolException.Failure($"Your ids cannot be replaced: {data.Config.Path} cannot be written. Make it a folder that you may write to.");
        context.Terminal.WriteLine($"Your anonymous id is now {identity.Id:D}, and your projects have other ids.");
        context.Terminal.WriteLine(
            "An organization's ContainersTelemetryProjectKey, dimensions, your network address and a rare combination of versions " +
            "can still join events: docs/privacy.md says how.");
        return ExitCodes.Done;
    }
}
