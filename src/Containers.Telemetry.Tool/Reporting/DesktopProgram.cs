using System.ComponentModel;
using System.Diagnostics;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>Shows a file in the program that the user's desktop has for it.</summary>
internal static class DesktopProgram
{
    /// <exception cref="ToolException">There is no such program.</exception>
    public static void Open(string path)
    {
        try
        {
            using Process? process = OperatingSystem.IsWindows() ? Process.Start(new ProcessStartInfo(path) { UseShellExecute = true })
                : Process.Start(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [path]);
        }
        catch (Win32Exception)
        {
            throw ToolException.Failure($"No program was found to open {path} with. Open it yourself.");
        }
    }
}
