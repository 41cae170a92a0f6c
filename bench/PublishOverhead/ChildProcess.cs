using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Containers.Telemetry.PublishOverhead;

/// <summary>Runs a program, and measures it and the processes that it starts and waits for by the kernel's accounting.</summary>
/// <remarks>
/// <see cref="Process"/> reaps its children itself, and their accounting is lost; so this class starts children without it. Linux only.
/// </remarks>
internal static class ChildProcess
{
    private const int ReadOnly = 0;
    private const int WriteOnlyCreateTruncate = 0x1 | 0x40 | 0x200;
    private const uint OwnerReadsAndWrites = 0b110_000_000;
    private const int InterruptedCall = 4;

    /// <summary>Runs a program in the current folder, and waits for its end.</summary>
    /// <param name="program">Full path.</param>
    /// <param name="arguments">The arguments after the program's name.</param>
    /// <param name="environment">All its environment variables.</param>
    /// <param name="outputFile">Receives its output.</param>
    /// <exception cref="Win32Exception">It could not be started.</exception>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public static Cost Run(
        string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, string outputFile)
    {
        // The C library's structure is opaque, and smaller than this on all platforms.
        byte[] actions = new byte[512];
        Check(FileActionsInit(actions));
        Check(FileActionsOpen(actions, 0, "/dev/null", ReadOnly, 0));
        Check(FileActionsOpen(actions, 1, outputFile, WriteOnlyCreateTruncate, OwnerReadsAndWrites));
        Check(FileActionsDuplicate(actions, 1, 2));

        long start = Stopwatch.GetTimestamp();
        Check(Spawn(out int process, program, actions, 0, [program, .. arguments, null], [.. environment.Select(v => $"{v.Key}={v.Value}"), null]));
        int status = Wait(process, out var usage);
        var wall = Stopwatch.GetElapsedTime(start);
        Check(FileActionsDestroy(actions));

        return status == 0
            ? new(wall, usage.User.ToTimeSpan() + usage.System.ToTimeSpan(), usage.PeakKilobytes * 1024)
            : throw new InvalidOperationException($"{program} ended with status 0x{status:x}.\n{File.ReadAllText(outputFile)}");
    }

    private static int Wait(int process, out ResourceUsage usage)
    {
        int status;
        while (Wait(process, out status, 0, out usage) < 0)
        {
            if (Marshal.GetLastPInvokeError() is not InterruptedCall and var code)
            {
                throw new Win32Exception(code);
            }
        }

        return status;
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static extern int FileActionsInit(byte[] actions);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    private static extern int FileActionsOpen(byte[] actions, int descriptor, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static extern int FileActionsDuplicate(byte[] actions, int descriptor, int duplicate);

    [DllImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static extern int FileActionsDestroy(byte[] actions);

    [DllImport("libc", EntryPoint = "posix_spawn")]
    private static extern int Spawn(
        out int process,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        byte[] actions,
        nint attributes,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] arguments,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] environment);

    [DllImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static extern int Wait(int process, out int status, int options, out ResourceUsage usage);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeValue
    {
        private readonly nint _seconds;
        private readonly nint _microseconds;

        public TimeSpan ToTimeSpan() => TimeSpan.FromSeconds(_seconds) + TimeSpan.FromMicroseconds(_microseconds);
    }

    // The kernel's structure has thirteen more counters.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private readonly struct ResourceUsage
    {
        public readonly TimeValue User;
        public readonly TimeValue System;
        public readonly nint PeakKilobytes;
    }
}
