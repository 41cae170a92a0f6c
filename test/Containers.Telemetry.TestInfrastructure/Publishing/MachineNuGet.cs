namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The NuGet configuration of this machine, for users with another home folder.</summary>
public static class MachineNuGet
{
    private static readonly string Profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The global packages folder that this repository's own projects use.</summary>
    public static string PackagesFolder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Profile, ".nuget", "packages");

    /// <summary>Copies the package sources of this machine's user to another home folder.</summary>
    /// <remarks>On Windows NuGet gets the user's settings from the system, whatever the environment says.</remarks>
    public static void CopyConfigurationTo(string home)
    {
        foreach (string folder in (string[])[".nuget/NuGet", ".nuget/config", ".config/NuGet"])
        {
            var source = new DirectoryInfo(Path.Combine(Profile, folder));
            if (source.Exists)
            {
                FolderCopy.Copy(source.FullName, Path.Combine(home, folder));
            }
        }
    }
}
