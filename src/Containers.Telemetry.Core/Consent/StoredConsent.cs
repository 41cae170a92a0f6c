using Containers.Telemetry.Settings;

namespace Containers.Telemetry.Consent;

/// <summary>
/// The user's choice, in the first line of the file <c>consent</c> of the configuration folder: <c>enabled</c> or <c>disabled</c>.
/// Anything else is no choice. The package's targets read the file, too.
/// </summary>
public static class StoredConsent
{
    private const string FileName = "consent";
    private const string Enabled = "enabled";
    private const string Disabled = "disabled";

    // MSBuild cannot recover from a file that it may not read, such as one that root has left in a user's folder. The choice is no
    // secret, and the folder is closed to others anyway.
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads the choice; <see cref="ConsentChoice.None"/> when there is none that can be read.</summary>
    public static ConsentChoice Read(ConfigFolder folder)
    {
        ReadOnlySpan<char> text = folder.File(FileName).Read().AsSpan().TrimStart('\uFEFF');
        int end = text.IndexOf('\n');
        ReadOnlySpan<char> line = (end < 0 ? text : text[..end]).Trim();
        return line.Equals(Enabled, StringComparison.OrdinalIgnoreCase) ? ConsentChoice.Enabled
            : line.Equals(Disabled, StringComparison.OrdinalIgnoreCase) ? ConsentChoice.Disabled
            : ConsentChoice.None;
    }

    /// <summary>Stores a choice; <see cref="ConsentChoice.None"/> removes it.</summary>
    /// <returns>False when it could not be stored; the old choice then stands.</returns>
    public static bool Write(ConfigFolder folder, ConsentChoice choice)
    {
        ConfigFile file = folder.File(FileName);
        return TextOf(choice) is { } text ? file.Replace(text + "\n", ReadableByAll) : file.Delete();
    }

    internal static string? TextOf(ConsentChoice choice) => choice switch
    {
        ConsentChoice.Enabled => Enabled,
        ConsentChoice.Disabled => Disabled,
        _ => null,
    };
}
