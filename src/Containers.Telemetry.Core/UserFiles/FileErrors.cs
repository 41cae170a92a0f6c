namespace Containers.Telemetry.UserFiles;

/// <summary>Classifies input/output errors by <see cref="Exception.HResult"/>: the Win32 error on Windows, <c>errno</c> elsewhere.</summary>
internal static class FileErrors
{
    private const int WriteProtected = unchecked((int)0x80070013);
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);

    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;

    // Linux numbers these two in its own way; macOS and FreeBSD share theirs.
    private static int WouldBlock => OperatingSystem.IsLinux() ? 11 : 35;

    private static int QuotaExceeded => OperatingSystem.IsLinux() ? 122 : 69;

    /// <summary>Another process has the file open or locked exclusively.</summary>
    public static bool IsSharingViolation(Exception exception) => OperatingSystem.IsWindows()
        ? exception.HResult is SharingViolation or LockViolation
        : exception.HResult == WouldBlock;

    public static bool IsDiskFull(Exception exception) => OperatingSystem.IsWindows()
        ? exception.HResult is DiskFull or HandleDiskFull
        : exception.HResult == NoSpace || exception.HResult == QuotaExceeded;

    public static bool IsReadOnly(Exception exception) => OperatingSystem.IsWindows()
        ? exception.HResult == WriteProtected
        : exception.HResult == ReadOnlyFileSystem;
}

/// <summary>Whether .NET locks a file that it opens with <see cref="FileShare.None"/>. Outside Windows a user can disable that.</summary>
internal static class FileLocking
{
    private const string SwitchName = "System.IO.DisableFileLocking";
    private const string VariableName = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";

    /// <summary>Reads the switch, then the variable, like .NET itself.</summary>
    public static bool IsSwitchedOff() =>
        !OperatingSystem.IsWindows()
        && (AppContext.TryGetSwitch(SwitchName, out bool isOff)
            ? isOff
            : Environment.GetEnvironmentVariable(VariableName)?.ToLowerInvariant() is "1" or "true");

    /// <summary>Whether the file system locks files at all. If <c>flock</c> fails otherwise than for another lock, .NET opens the file.</summary>
    /// <param name="file">A file with at least read and write access that is open with <see cref="FileShare.None"/>.</param>
    /// <remarks>A second lock, by <c>fcntl</c>, fails with the same error as the first, and .NET reports that one. For NFS both are one.</remarks>
    public static bool IsSupported(FileStream file)
    {
        // .NET has no second kind of lock on macOS and FreeBSD.
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        try
        {
            file.Lock(0, 1);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // EACCES, which POSIX allows for a lock that is held.
            return true;
        }
        catch (IOException e)
        {
            return FileErrors.IsSharingViolation(e);
        }
    }
}
