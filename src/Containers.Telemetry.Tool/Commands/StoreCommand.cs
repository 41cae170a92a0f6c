using System.CommandLine;
using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;

namespace Containers.Telemetry.Tool.Commands;

/// <summary>A command that works on the data of the user.</summary>
internal abstract class StoreCommand : ToolCommand
{
    private readonly Option<string?> _store;

    protected StoreCommand(ToolContext context, Option<string?> store, string name, string description)
        : base(name, description)
    {
        Context = context;
        _store = store;
    }

    protected ToolContext Context { get; }

    protected UserData DataOf(ParseResult arguments) => new(Context, arguments.GetValue(_store));

    /// <summary>Adds the option that asks for a result that scripts can read.</summary>
    protected Option<bool> WithJson() => With(new Option<bool>("--json") { Description = "Prints JSON" });
}
