using System.ComponentModel;
using System.Diagnostics;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Tool.Output;

/// <summary>Shows long output in the user's pager: <c>$PAGER</c>, else less. Only in a terminal.</summary>
internal sealed class Pager(Terminal terminal, IMachineEnvironment machine)
{
    private const string Default = "less";

    // As in git: ends at once if the text fits on the screen, shows colours, leaves the text on the screen.
    private const string LessOptions = "FRX";

    /// <param name="isWanted">Whether the user allows a pager.</param>
    public void Write(bool isWanted, Action<Terminal> write)
    {
        if (!isWanted || !terminal.IsInteractive || OperatingSystem.IsWindows())
        {
            write(terminal);
            return;
        }

        using var text = new StringWriter();
        write(terminal.WithOutput(text));
        terminal.Flush();
        if (!TryShow(text.ToString()))
        {
            terminal.Out.Write(text);
        }
    }

    private bool TryShow(string text)
    {
        string pager = machine.GetVariable("PAGER") is { Length: > 0 } named ? named : Default;
        string script = $"command -v {pager.Split(' ')[0]} >/dev/null || exit 127; exec {pager}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true };
        start.Environment.TryAdd("LESS", LessOptions);
        try
        {
            using Process? process = Process.Start(start);
            if (process is null)
            {
                return false;
            }

            Feed(process, text);
            process.WaitForExit();
            return process.ExitCode is not 127;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    // The user may quit the pager before it has read everything.
    private static void Feed(Process process, string text)
    {
        try
        {
            process.StandardInput.Write(text);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }
}
