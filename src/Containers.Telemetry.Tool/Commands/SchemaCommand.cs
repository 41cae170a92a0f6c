using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Documentation;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class SchemaCommand : ToolCommand
{
    private readonly ToolContext _context;
    private readonly Option<string?> _format;

    public SchemaCommand(ToolContext context)
        : base("schema", "Prints every field that can be collected: its meaning, its values, its destinations.")
    {
        _context = context;
        _format = With("--format", "FORMAT", "markdown (the default), or json for a JSON Schema of an event", ["markdown", "json"]);
    }

    public override IReadOnlyList<string> Examples => ["schema | less", "schema --format json > event.schema.json"];

    protected override int Run(ParseResult arguments)
    {
        string text = arguments.GetValue(_format) == "json" ? EventJsonSchema.Json() : WithoutComments(CollectedDataPage.Markdown());
        _context.Terminal.Out.WriteLine(text.TrimEnd('\n'));
        return ExitCodes.Done;
    }

    // The page's notes to its editors.
    private static string WithoutComments(string page) =>
        string.Join('\n', page.Split('\n').Where(static line => !line.StartsWith("<!--", StringComparison.Ordinal)))
            .Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
}
