namespace Containers.Telemetry.UserFiles;

/// <summary>
/// Tells input/output errors apart by their code: the Win32 error on Windows, <c>errno</c> elsewhere, which is what .NET keeps in
/// <see cref="Exception.HResult"/>.
/// </summary>
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

    /// <summary>Another process has the file open, or locked, in a way that excludes this one.</summary>
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
