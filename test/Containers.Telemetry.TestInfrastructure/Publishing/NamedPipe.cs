using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A named pipe that nobody else has open: opening it to read or to write blocks for ever.</summary>
public static class NamedPipe
{
    private const uint OwnerOnly = 0x180; // 0600

    /// <summary>Creates a pipe at a path, and replaces any file there.</summary>
    /// <exception cref="Win32Exception">The pipe cannot be created.</exception>
    /// <exception cref="PlatformNotSupportedException">Windows, which has no named pipes in folders.</exception>
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
