namespace Containers.Telemetry.Tool.Output;

/// <summary>A file that the user named for a result.</summary>
internal static class OutputFile
{
    /// <summary>What users name instead of a file when they mean the standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>Writes the file anew.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="name">The file as the user named it.</param>
    /// <param name="write">Writes the result.</param>
    /// <exception cref="ToolException">The file cannot be written.</exception>
    public static void Write(string path, string name, Action<Stream> write)
    {
        if (Directory.Exists(path))
        {
            throw ToolException.Failure($"{name} is a folder. Name a file in it: -o {Path.Combine(name, "FILE")}.");
        }

        bool isNew = !File.Exists(path);
        try
        {
            using FileStream file = File.Create(path);
            write(file);
        }
        catch (DirectoryNotFoundException)
        {
            string? folder = Path.GetDirectoryName(path);
            throw ToolException.Failure(File.Exists(folder)
                ? $"{name} cannot be written: {folder} is a file. Name another file."
                : $"{name} cannot be written: there is no folder {folder}. Make it, or name another file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isNew)
            {
                DeleteRest(path);
            }

            throw ToolException.Failure($"{name} cannot be written: {e.Message.TrimEnd('.')}. Name another file.");
        }
    }

    // Half of a result would be taken for a whole one.
    private static void DeleteRest(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error says that the file is no good.
        }
    }
}
