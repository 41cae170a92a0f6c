using System.Runtime.InteropServices;

namespace Containers.Telemetry.Tool.Output;

/// <summary>The program that reads the standard output of this one through a pipe, such as <c>head</c>.</summary>
internal static class OutputReader
{
    private const int StandardOutput = 1;
    private const short HasError = 0x8;
    private const short HasHungUp = 0x10;

    /// <summary>Whether it has ended: .NET then drops the output, and no write fails. False if there is no such program, and always on Windows.</summary>
    public static bool IsGone()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var output = new FileEvents { Descriptor = StandardOutput };
        return Poll(ref output, count: 1, milliseconds: 0) > 0 && (output.Returned & (HasError | HasHungUp)) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(ref FileEvents files, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct FileEvents
    {
        public int Descriptor;
        public short Requested;
        public short Returned;
    }
}
