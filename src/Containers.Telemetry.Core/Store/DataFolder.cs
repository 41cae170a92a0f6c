using Containers.Telemetry.Characters;
using Containers.Telemetry.Settings;
using Containers.Telemetry.Surroundings;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Store;

/// <param name="Path">Full path; null when the user has no home and names no folder, so that nothing can be stored.</param>
/// <param name="Problem">The problem of the setting of the folder, or null. The default applies instead.</param>
public sealed record DataFolder(string? Path, SettingProblem? Problem)
{
    /// <summary>The environment variable that names the folder if no property does.</summary>
    public const string VariableName = "CONTAINERS_TELEMETRY_STORE";

    private const string FolderName = "containers-telemetry";

    /// <summary>Decides by the property, else by the variable, else by the convention of the platform.</summary>
    /// <param name="property">The property ContainersTelemetryStore; null or blank when it is not set.</param>
    /// <param name="variable">Returns the value of an environment variable, or null.</param>
    /// <param name="platform">The platform whose convention applies.</param>
    /// <param name="accountHome">The home that the user's account has, for an environment where <c>HOME</c> is unset or empty; null for none.</param>
    public static DataFolder Resolve(string? property, Func<string, string?> variable, OSFamily platform, string? accountHome = null)
    {
        string source = "property ContainersTelemetryStore";
        string? setting = property;
        if (string.IsNullOrWhiteSpace(setting))
        {
            source = "environment variable " + VariableName;
            setting = variable(VariableName);
        }

        if (string.IsNullOrWhiteSpace(setting))
        {
            return new DataFolder(Default(variable, platform, accountHome), Problem: null);
        }

        setting = setting.Trim();
        return IsUsable(setting, platform)
            ? new DataFolder(setting, Problem: null)
            : new DataFolder(Default(variable, platform, accountHome), Diagnostics.StoreFolder.Problem(source));
    }

    private static string? Default(Func<string, string?> variable, OSFamily platform, string? accountHome)
    {
        string? home = variable("HOME") is { Length: > 0 } set ? set : accountHome;
        string? parent = platform switch
        {
            OSFamily.Windows => Usable(variable("LOCALAPPDATA"), platform),
            OSFamily.MacOS => InHome(home, platform, "Library", "Application Support"),
            // By the specification of base directories, a relative path is ignored.
            _ => Usable(variable("XDG_DATA_HOME"), platform) ?? InHome(home, platform, ".local", "share"),
        };

        return parent is null ? null : System.IO.Path.Combine(parent, FolderName);
    }

    private static string? InHome(string? path, OSFamily platform, string folder, string subfolder) =>
        Usable(path, platform) is { } home ? System.IO.Path.Combine(home, folder, subfolder) : null;

    private static string? Usable(string? path, OSFamily platform) => path is not null && IsUsable(path, platform) ? path : null;

    private static bool IsUsable(string path, OSFamily platform) =>
        path.AsSpan().ContainsOnly(static c => !char.IsControl(c)) && (platform == OSFamily.Windows ? IsWindowsPath(path) : path.StartsWith('/'));

    // C:\folder or \\server\share. C:folder and \folder are relative.
    private static bool IsWindowsPath(string path)
    {
        bool hasDrive = path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && IsSeparator(path[2]);
        bool hasServer = path.Length > 2 && IsSeparator(path[0]) && IsSeparator(path[1]);

        return (hasDrive || hasServer) && path.AsSpan(2).IndexOfAny("<>\"|*") < 0;
    }

    private static bool IsSeparator(char character) => character is '\\' or '/';
}

public static class StoreLayout
{
    /// <summary>The folder of the events that are kept.</summary>
    public static string EventsIn(string dataFolder) => Path.Combine(dataFolder, "events");

    /// <summary>The folder of the events that wait for their export.</summary>
    public static string OutboxIn(string dataFolder) => Path.Combine(dataFolder, "outbox");

    /// <summary>Returns why no event is stored: another user owns the folder or may write there; null if none, or if there is no folder yet.</summary>
    /// <param name="dataFolder">Full path.</param>
    public static StoreException? FindRefusal(string dataFolder) =>
        OwnerOnlyFolder.FindRefusal(dataFolder, UserFolder.Store) ?? OwnerOnlyFolder.FindRefusal(EventsIn(dataFolder), UserFolder.Events);
}
