using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A process with its descendants. Stands for the foreground process group of a terminal.</summary>
internal static class ProcessTree
{
    private const int InterruptSignal = 2;
    private const int NoSuchProcess = 3;

    /// <summary>Sends Ctrl+C (SIGINT) to a process and all its descendants.</summary>
    /// <remarks>The tests share a process group with their children, so the signal cannot go to the group.</remarks>
    /// <exception cref="PlatformNotSupportedException">On Windows, where Ctrl+C can only go to a whole console.</exception>
    public static void Interrupt(int root)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Ctrl+C cannot be sent to a single process tree on Windows.");
        }

        foreach (int process in WithDescendants(root))
        {
            if (Kill(process, InterruptSignal) != 0 && Marshal.GetLastPInvokeError() is not NoSuchProcess and var code)
            {
                throw new Win32Exception(code);
            }
        }
    }

    private static List<int> WithDescendants(int root)
    {
        var children = ParentsOfProcesses().ToLookup(pair => pair.Parent, pair => pair.Process);
        var tree = new List<int> { root };
        for (int i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i]]);
        }

        return tree;
    }

    // Slim Linux images have no ps, and macOS has no /proc.
    private static IEnumerable<(int Process, int Parent)> ParentsOfProcesses() =>
        OperatingSystem.IsLinux() ? ReadProcFileSystem() : RunProcessStatus();

    private static IEnumerable<(int Process, int Parent)> ReadProcFileSystem()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int process))
            {
                continue;
            }

            string status;
            try
            {
                status = File.ReadAllText($"{folder}/stat");
            }
            catch (IOException)
            {
                // The process has ended after the folder was listed.
                continue;
            }

            // "pid (name) state parent …", where the name may contain spaces and parentheses.
            string[] afterName = status[(status.LastIndexOf(')') + 2)..].Split(' ', 3);
            yield return (process, int.Parse(afterName[1], CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<(int Process, int Parent)> RunProcessStatus()
    {
        using var status = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="]) { RedirectStandardOutput = true })!;
        while (status.StandardOutput.ReadLine() is { } line)
        {
            string[] columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            yield return (int.Parse(columns[0], CultureInfo.InvariantCulture), int.Parse(columns[1], CultureInfo.InvariantCulture));
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
