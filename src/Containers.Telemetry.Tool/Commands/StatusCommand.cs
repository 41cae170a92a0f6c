using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Status;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class StatusCommand : StoreCommand
{
    private readonly Option<bool> _json;

    public StatusCommand(ToolContext context, Option<string?> store)
        : base(context, store, "status", "Says whether telemetry is on and which rule decided, where events go, and what is stored.")
    {
        _json = WithJson();
    }

    public override IReadOnlyList<string> Examples => ["status", "status --json | jq .store.events"];

    public override string MeaningOfNo => "telemetry is off, the store cannot be read or written, or the outbox cannot be read";

    protected override int Run(ParseResult arguments) => new StatusReport(Context, FindData(arguments)).Print(arguments.GetValue(_json));
}
