using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Consent;

/// <summary>Whether this process may print to an interactive user.</summary>
public static class InteractiveUser
{
    private const string NoLogoVariable = "DOTNET_NOLOGO";

    // The CLI and MSBuild itself. Any other program that builds controls its own console.
    private static readonly string[] Programs = ["dotnet.dll", "MSBuild.dll"];

    private static readonly string[] NoLogoValues = ["1", "true", "yes"];

    // "noconlog" and the like: without a console logger nothing is printed.
    private static readonly string[] QuietSwitches =
    [
        "noconlog", "noconsolelogger", "v:q", "v:quiet", "verbosity:q", "verbosity:quiet", "v=q", "v=quiet", "verbosity=q",
        "verbosity=quiet",
    ];
    private static readonly string[] VerbositySwitches = ["v", "verbosity"];
    private static readonly string[] QuietLevels = ["q", "quiet"];

    /// <summary>Whether a person started this process and allows unrequested output: no CI, no <c>DOTNET_NOLOGO</c>, no quiet verbosity.</summary>
    public static bool IsListening(IMachineEnvironment machine)
    {
        IReadOnlyList<string> commandLine = machine.CommandLine;
        return commandLine.Count > 0
            && Contains(Programs, Path.GetFileName(commandLine[0].AsSpan()))
            && MSBuildSurroundings.Detect(machine, buildingInsideVisualStudio: false, runtimeType: null).NodeMode is MSBuildNodeMode.InProcess
            && !IsQuiet(commandLine)
            && !Contains(NoLogoValues, machine.GetVariable(NoLogoVariable).AsSpan().Trim())
            && CiDetector.Detect(machine) is CiProvider.None;
    }

    private static bool IsQuiet(IReadOnlyList<string> commandLine)
    {
        for (int index = 1; index < commandLine.Count; index++)
        {
            ReadOnlySpan<char> argument = commandLine[index];
            ReadOnlySpan<char> name = argument.TrimStart("-/");
            if (name.Length < argument.Length
                && (Contains(QuietSwitches, name)
                    || (Contains(VerbositySwitches, name) && index + 1 < commandLine.Count && Contains(QuietLevels, commandLine[index + 1]))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string[] values, ReadOnlySpan<char> text)
    {
        foreach (string value in values)
        {
            if (text.Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
