namespace Containers.Telemetry.UserFiles;

/// <summary>Opens files that only their owner may read, and never through a symbolic link.</summary>
internal static class OwnerOnlyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file to be written without a buffer: each write is handed to the system as it is.</summary>
    /// <exception cref="StoreException">The file is a symbolic link, or no file.</exception>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        // A file that is created anew cannot be a link: the system refuses to create it through one.
        if (mode != FileMode.CreateNew && IsSymbolicLink(path))
        {
            throw new StoreException(StoreFault.SymbolicLink);
        }

        return PlainFile.OpenWrite(path, mode, share, OwnerOnly);
    }

    private static bool IsSymbolicLink(string path)
    {
        FileAttributes attributes = new FileInfo(path).Attributes;

        return attributes != OwnerOnlyFolder.Absent && (attributes & FileAttributes.ReparsePoint) != 0;
    }
}
