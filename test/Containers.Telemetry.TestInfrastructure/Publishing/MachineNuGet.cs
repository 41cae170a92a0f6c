namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>How NuGet is set up on this machine, carried over to users whose home folder is another.</summary>
public static class MachineNuGet
{
    private static readonly string Profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The global packages folder that this repository's own projects are restored into.</summary>
    public static string PackagesFolder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Profile, ".nuget", "packages");

    /// <summary>Gives another home folder the package sources of this machine's user.</summary>
    /// <remarks>On Windows NuGet asks the system for the user's settings, whatever the environment says.</remarks>
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
