namespace Containers.Telemetry.UserFiles;

/// <summary>The folder of what this package keeps about a user: a choice, pseudonyms, a mark. Only the user can see into it.</summary>
/// <param name="path">Full path; the folder is made when something is first written.</param>
public sealed class ConfigFolder(string path)
{
    private const string Name = "containers-telemetry";

    /// <summary>Full path.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// The folder of the user who runs this process: under <c>$XDG_CONFIG_HOME</c> or <c>~/.config</c> on Linux,
    /// <c>~/Library/Application Support</c> on macOS, <c>%APPDATA%</c> on Windows; null for a user without such a place.
    /// </summary>
    public static ConfigFolder? OfUser()
    {
        string parent = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return System.IO.Path.IsPathFullyQualified(parent) ? new ConfigFolder(System.IO.Path.Combine(parent, Name)) : null;
    }

    internal ConfigFile File(string name) => new(this, name);

    /// <summary>Makes the folder where there is none.</summary>
    internal void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            // Folders in a user's profile inherit an access list that excludes other users.
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
