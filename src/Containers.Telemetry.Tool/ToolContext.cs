using Containers.Telemetry.Settings;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool;

/// <summary>All that a command sees of the world outside.</summary>
internal sealed class ToolContext
{
    /// <summary>Where a person or a script reads and answers.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>The machine and its environment variables.</summary>
    public required IMachineEnvironment Machine { get; init; }

    /// <summary>The time and the local time zone.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The folder of this user's choice and pseudonyms; null for a user without a home.</summary>
    public ConfigFolder? Config { get; init; }

    /// <summary>Full path of the folder that relative paths start from.</summary>
    public required string CurrentDirectory { get; init; }

    public static ToolContext OfThisProcess()
    {
        var machine = new MachineEnvironment();
        return new ToolContext
        {
            Config = ConfigFolder.OfUser(),
            CurrentDirectory = Environment.CurrentDirectory,
            Machine = machine,
            Terminal = Terminal.OfThisProcess(machine),
        };
    }

    /// <summary>Full path of a file or folder that the user named.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, CurrentDirectory);
}
