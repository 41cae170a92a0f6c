using System.Runtime.InteropServices;
using Spectre.Console;

namespace Containers.Telemetry.Tool.Output;

/// <summary>Spectre.Console on a terminal of ours, for tables and progress bars.</summary>
internal static class SpectreTerminal
{
    public static IAnsiConsole Create(Terminal terminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.UsesEscapes ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.UsesEscapes ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            // A CI system that shows colours is not a terminal.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Interactive = terminal.UsesEscapes ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        console.Profile.Width = terminal.Width;
        return console;
    }

    /// <summary>Shows the cursor again, which a progress bar hides, when the process is interrupted.</summary>
    /// <returns>To be disposed when the bar is done.</returns>
    public static IDisposable KeepCursor() => PosixSignalRegistration.Create(PosixSignal.SIGINT, static _ =>
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write("\e[?25h"u8);
    });
}
