namespace Containers.Telemetry.Tool.Output;

/// <summary>A file that the user named for a result.</summary>
internal static class OutputFile
{
    /// <summary>The name that means the standard output in place of a file.</summary>
    public const string StandardOutput = "-";

    // The targets of the names NUL and CON.
    private const string WindowsDevices = @"\\.\";

    /// <summary>Returns the file that was named; null for the standard output.</summary>
    public static string? Named(string? typed) => typed == StandardOutput ? null : typed;

    /// <summary>Replaces the file. An existing file stays unchanged until the new one is complete.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="name">The file as the user named it.</param>
    /// <exception cref="ToolException">The file cannot be written.</exception>
    public static void Write(string path, string name, Action<Stream> write)
    {
        if (Directory.Exists(path))
        {
            throw ToolException.Failure($"{name} is a folder. Name a file in it: -o {Path.Combine(name, "FILE")}.");
        }

        string folder = Path.GetDirectoryName(path) ?? path;
        string beside = Path.Combine(folder, $".containers-telemetry-{Guid.NewGuid():N}.tmp");
        try
        {
            if (!IsReplaceable(path) || !TryReplace(path, beside, write))
            {
                using FileStream file = File.Create(path);
                write(file);
            }
        }
        catch (DirectoryNotFoundException)
        {
            throw ToolException.Failure(File.Exists(folder)
                ? $"{name} cannot be written: {folder} is a file. Name another file."
                : $"{name} cannot be written: there is no folder {folder}. Make it, or name another file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Failure(
                $"{name} cannot be written: {e.Message.Replace(beside, path, StringComparison.Ordinal).TrimEnd('.')}. Name another file.");
        }
    }

    // Links, pipes and devices are not replaced. Pipes and devices have no length, and an empty file has nothing to lose.
    private static bool IsReplaceable(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length > 0 && file.LinkTarget is null : file.LinkTarget is null && !path.StartsWith(WindowsDevices, StringComparison.Ordinal);
    }

    // Half of a result would look complete.
    private static bool TryReplace(string path, string beside, Action<Stream> write)
    {
        bool isNew = !File.Exists(path);
        if (!isNew)
        {
            // A read-only file is not replaced either.
            using FileStream allowed = File.OpenWrite(path);
        }

        try
        {
            using (FileStream file = new(beside, FileMode.CreateNew, FileAccess.Write))
            {
                if (!isNew && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(path));
                }

                write(file);
            }

            if (isNew)
            {
                File.Move(beside, path);
            }
            else
            {
                File.Replace(beside, path, destinationBackupFileName: null);
            }

            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // A writable file in a read-only folder.
            return false;
        }
        finally
        {
            DeleteRest(beside);
        }
    }

    private static void DeleteRest(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its name marks it as no result.
        }
    }
}
