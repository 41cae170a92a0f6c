namespace Containers.Telemetry.UserFiles;

/// <summary>Why lines could not be written to a log, or read from it.</summary>
public enum StoreFault
{
    /// <summary>None of the others: a device that fails, a file that another program holds.</summary>
    Unavailable,

    /// <summary>This user may not write there.</summary>
    AccessDenied,

    /// <summary>The disk, or this user's share of it, is full.</summary>
    DiskFull,

    /// <summary>The folder, or a folder that it should lie in, is a file.</summary>
    NotAFolder,

    /// <summary>In the place of a file is something else, such as a named pipe.</summary>
    NotAFile,

    /// <summary>The path of the folder, or of a file in it, is longer than the system allows.</summary>
    PathTooLong,

    /// <summary>The file system is mounted read-only, or the disk is write-protected.</summary>
    ReadOnly,

    /// <summary>The folder or one of its files is a symbolic link, or lies behind one that another user may have planted.</summary>
    SymbolicLink,

    /// <summary>Other users may write to the folder.</summary>
    WritableByOthers,
}
