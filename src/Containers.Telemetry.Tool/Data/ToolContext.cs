using Containers.Telemetry.Surroundings;
using Containers.Telemetry.Tool.Output;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Data;

/// <summary>The outside world of a command.</summary>
internal sealed class ToolContext
{
    /// <summary>Where a person or a script reads and answers.</summary>
    public required Terminal Terminal { get; init; }

    public required IMachineEnvironment Machine { get; init; }

    /// <summary>The time and the local time zone.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The folder of this user's choice and pseudonyms; null for a user without a home.</summary>
    public ConfigFolder? Config { get; init; }

    /// <summary>Full path of the folder that relative paths start from; null where it was deleted.</summary>
    public required string? CurrentDirectory { get; init; }

    public static ToolContext OfThisProcess()
    {
        var machine = new MachineEnvironment();
        return new ToolContext
        {
            Config = ConfigFolder.OfUser(),
            CurrentDirectory = FindCurrentDirectory(),
            Machine = machine,
            Terminal = Terminal.OfThisProcess(machine),
        };
    }

    /// <summary>Full path of a file or folder that the user named.</summary>
    /// <exception cref="ToolException">The name is empty or too long, or there is no folder that it could start from.</exception>
    public string FullPath(string path)
    {
        // A script with an unset variable passes an empty name, which would be the current folder.
        if (path.Length == 0)
        {
            throw ToolException.Usage("The name of a file or folder is empty. Name one.");
        }

        try
        {
            string fullPath = Path.IsPathFullyQualified(path) ? Path.GetFullPath(path)
                : CurrentDirectory is not null ? Path.GetFullPath(path, CurrentDirectory)
                : throw ToolException.Failure($"The current folder was deleted, and {path} would be in it. Change to another folder, or name a full path.");
            RequireAllowedLength(fullPath);
            return fullPath;
        }
        catch (PathTooLongException)
        {
            throw ToolException.Usage($"The path of {path} is longer than this system allows. Use a shorter one.");
        }
    }

    // Elsewhere a file with too long a path looks missing.
    private static void RequireAllowedLength(string fullPath)
    {
        try
        {
            _ = new FileInfo(fullPath).Attributes;
        }
        catch (Exception e) when (e is not PathTooLongException and (IOException or UnauthorizedAccessException))
        {
            // The code that opens the file reports its problem.
        }
    }

    private static string? FindCurrentDirectory()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
