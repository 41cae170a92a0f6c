namespace Containers.Telemetry.UserFiles;

/// <summary>
/// Whether a file that .NET opens with <see cref="FileShare.None"/> is locked. Outside Windows a user can switch that off, and a file system
/// may have no locks.
/// </summary>
internal static class FileLocking
{
    private const string SwitchName = "System.IO.DisableFileLocking";
    private const string VariableName = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";

    /// <summary>Asks the switch, then the variable, as .NET itself does.</summary>
    public static bool IsSwitchedOff()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        return AppContext.TryGetSwitch(SwitchName, out bool isOff)
            ? isOff
            : Environment.GetEnvironmentVariable(VariableName) is { } value
                && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether the file system locks files at all. .NET opens a file even if <c>flock</c> fails, and reports only that another process holds the lock.</summary>
    /// <param name="file">A file with at least read and write access that is open with <see cref="FileShare.None"/>.</param>
    /// <remarks>A second lock, by <c>fcntl</c>, fails with the same error as the first, and .NET reports that one. NFS makes one lock of both: it is then held, by us.</remarks>
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
