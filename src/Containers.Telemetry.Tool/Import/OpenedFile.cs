namespace Containers.Telemetry.Tool.Import;

/// <summary>A file as it was when it was opened, before anything was read from it.</summary>
/// <param name="Length">Its length, in bytes; 0 for a pipe or a device, which has none.</param>
/// <param name="Written">When it was written last, UTC.</param>
internal readonly record struct OpenedFile(string Path, long Length, DateTime Written)
{
    /// <summary>Whether it can be read again from its beginning: a pipe cannot.</summary>
    public bool CanReadAgain => Length > 0;

    /// <summary>Reads them from the open file, which is the target of a symbolic link.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="file">The file, at its beginning.</param>
    public static OpenedFile Of(string path, FileStream file) =>
        file.CanSeek && RandomAccess.GetLength(file.SafeFileHandle) is > 0 and var length
            ? new OpenedFile(path, length, File.GetLastWriteTimeUtc(file.SafeFileHandle))
            : new OpenedFile(path, 0, default);
}
