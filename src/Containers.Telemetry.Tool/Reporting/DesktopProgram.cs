using System.ComponentModel;
using System.Diagnostics;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Opens a file in the desktop's default program.</summary>
internal static class DesktopProgram
{
    // The program may stay open for long. It must not hold the streams of this process: a script that reads them to their end would wait for it.
    private const string StartAndLeave = "command -v \"$1\" >/dev/null 2>&1 || exit 127; \"$1\" \"$2\" </dev/null >/dev/null 2>&1 &";

    private static readonly string[] Displays = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"];

    /// <summary>Starts the program, and does not wait for it.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="ToolException">There is no such program, or no display.</exception>
    public static void Open(string path)
    {
        // The program would fail silently.
        if (OperatingSystem.IsLinux() && Array.TrueForAll(Displays, static name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
        {
            throw ToolException.Failure($"There is no display to open {path} on. The file is written: copy it to a machine with a browser.");
        }

        try
        {
            if (!(OperatingSystem.IsWindows() ? OpenByShell(path) : OpenBy(OperatingSystem.IsMacOS() ? "open" : "xdg-open", path)))
            {
                throw NotFound(path);
            }
        }
        catch (Win32Exception)
        {
            throw NotFound(path);
        }
    }

    private static bool OpenByShell(string path)
    {
        using Process? process = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
        return true;
    }

    private static bool OpenBy(string program, string path)
    {
        using Process shell = Process.Start("/bin/sh", ["-c", StartAndLeave, "sh", program, path]);
        shell.WaitForExit();
        return shell.ExitCode == 0;
    }

    private static ToolException NotFound(string path) => ToolException.Failure($"No program was found to open {path} with. Open it yourself.");
}
