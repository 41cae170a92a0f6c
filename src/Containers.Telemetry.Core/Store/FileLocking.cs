namespace Containers.Telemetry.Store;

/// <summary>Whether .NET locks the files that it opens with <see cref="FileShare"/>. Outside Windows a user can switch that off.</summary>
internal static class FileLocking
{
    private const string SwitchName = "System.IO.DisableFileLocking";
    private const string VariableName = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING";

    /// <summary>Asks the switch, then the variable, as .NET itself does.</summary>
    public static bool IsSwitchedOff()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        return AppContext.TryGetSwitch(SwitchName, out bool isOff)
            ? isOff
            : Environment.GetEnvironmentVariable(VariableName) is { } value
                && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
    }
}
