namespace Containers.Telemetry.UserFiles;

/// <summary>Opens a path that may be a FIFO, a device or a huge file. Opening a FIFO waits for its other end, and a device may have none.</summary>
/// <remarks>
/// .NET has no non-blocking open and cannot tell a FIFO from a file. But only a file has a length, so a path without one is not opened for
/// reading; and opening a FIFO for reading and writing at once does not wait. A user who replaces the file by a FIFO between the check and
/// the open blocks only a build of their own.
/// </remarks>
internal static class PlainFile
{
    /// <summary>Opens a file for unbuffered reading while others write to it, replace it or delete it.</summary>
    /// <returns>Null when there is nothing to read: the file is empty, or it is not a regular file.</returns>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it, or it is a folder.</exception>
    public static FileStream? OpenRead(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
        {
            // The length of a link is not the length of its target.
            FileSystemInfo target = (file.Attributes & FileAttributes.ReparsePoint) != 0 ? file.ResolveLinkTarget(returnFinalTarget: true) ?? file : file;
            if (target is not FileInfo { Exists: true, Length: > 0 })
            {
                return null;
            }
        }

        return EnsurePlain(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
    }

    /// <summary>Opens a file for unbuffered reading and writing.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="mode">Any mode but <see cref="FileMode.Append"/>.</param>
    /// <param name="createMode">The mode of a new file; null for the default. Ignored on Windows.</param>
    /// <exception cref="StoreException">It is not a regular file.</exception>
    /// <exception cref="IOException">It cannot be opened or created.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not do that, or it is a folder.</exception>
    public static FileStream OpenWrite(string path, FileMode mode, FileShare share, UnixFileMode? createMode = null)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = createMode;
        }

        return EnsurePlain(new FileStream(path, options));
    }

    /// <summary>Reads the beginning of a small text file in UTF-8.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>Null when there is nothing to read: no file, or an empty one.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public static string? ReadStart(string path, int maxBytes)
    {
        // On first use the file is absent, and an exception would cost more than everything else here.
        using FileStream? file = File.Exists(path) ? OpenRead(path) : null;
        if (file is null)
        {
            return null;
        }

        byte[] bytes = new byte[(int)Math.Min(file.Length, maxBytes)];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static FileStream EnsurePlain(FileStream file)
    {
        if (file.CanSeek)
        {
            return file;
        }

        file.Dispose();
        throw new StoreException(StoreFault.NotAFile);
    }
}
