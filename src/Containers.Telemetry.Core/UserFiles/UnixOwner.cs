using System.Runtime.InteropServices;

namespace Containers.Telemetry.UserFiles;

/// <summary>Finds the owner of a file on Linux and macOS, which .NET does not tell.</summary>
internal static unsafe partial class UnixOwner
{
    // Larger than what either system writes.
    private const int StatusBytes = 512;

    // From the ABI of Linux (struct statx, the same on every processor) and of macOS (struct stat with 64-bit inodes).
    private const int WorkingFolder = -100;
    private const uint OwnerOnly = 0x8;
    private const int LinuxOwnerOffset = 20;
    private const int MacOwnerOffset = 16;

    /// <summary>Whether another user than that of this process owns a file or folder, through links. False where the system does not tell.</summary>
    public static bool IsOther(string path)
    {
        try
        {
            return Find(path) is { } owner && owner != GetEffectiveUser();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return false;
        }
    }

    private static uint? Find(string path)
    {
        byte* status = stackalloc byte[StatusBytes];
        if (OperatingSystem.IsLinux())
        {
            return GetLinuxStatus(WorkingFolder, path, 0, OwnerOnly, status) == 0 ? *(uint*)(status + LinuxOwnerOffset) : null;
        }

        if (OperatingSystem.IsMacOS())
        {
            bool isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
            return (isArm ? GetMacStatus(path, status) : GetMacStatusOnIntel(path, status)) == 0 ? *(uint*)(status + MacOwnerOffset) : null;
        }

        return null;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetLinuxStatus(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetMacStatus(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int GetMacStatusOnIntel(string path, byte* status);
}
