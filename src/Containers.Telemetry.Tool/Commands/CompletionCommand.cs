using Containers.Telemetry.Tool.CommandLine;
using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Commands;

internal sealed class CompletionCommand : ToolCommand
{
    private readonly ToolContext _context;
    private readonly Argument<string?> _shell;

    public CompletionCommand(ToolContext context)
        : base("completion", "Prints a script that completes commands and options in a shell.")
    {
        _context = context;
        _shell = WithArgument("SHELL", "bash, zsh, fish or pwsh", ["bash", "zsh", "fish", "pwsh"]);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "completion fish > ~/.config/fish/completions/containers-telemetry.fish",
        "source <(containers-telemetry completion bash)",
        "source <(containers-telemetry completion zsh)",
        "containers-telemetry completion pwsh | Out-String | Invoke-Expression",
    ];

    protected override int Run(ParseResult arguments)
    {
        using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream("completion." + arguments.GetRequiredValue(_shell))!;
        using var reader = new StreamReader(script);
        _context.Terminal.Out.Write(reader.ReadToEnd());
        return ExitCodes.Done;
    }
}
