using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A named pipe that nobody else has open: to open it for reading or for writing waits for ever.</summary>
public static class NamedPipe
{
    private const uint OwnerOnly = 0x180; // 0600

    /// <summary>Puts a pipe at a path, in place of any file there.</summary>
    /// <exception cref="Win32Exception">There can be none.</exception>
    /// <exception cref="PlatformNotSupportedException">Windows, where a pipe has no place in a folder.</exception>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows has no named pipes in folders.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        if (MakePipe(path, OwnerOnly) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int MakePipe(string path, uint mode);
}
