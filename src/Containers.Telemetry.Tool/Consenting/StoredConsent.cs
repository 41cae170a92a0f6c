using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Tool.Consenting;

/// <summary>
/// The user's choice: the presence of the file <c>consent-enabled</c> or <c>consent-disabled</c> in the configuration folder. With both,
/// the answer is no. The package's targets look for the files, too.
/// </summary>
/// <remarks>The content is ignored: MSBuild cannot recover from a file that it may not read, while a check for existence never fails.</remarks>
public static class StoredConsent
{
    private const string FilePrefix = "consent-";
    private const string Enabled = "enabled";
    private const string Disabled = "disabled";

    /// <summary>Reads the choice; <see cref="ConsentChoice.None"/> when there is none.</summary>
    public static ConsentChoice Read(ConfigFolder folder)
    {
        ConfigFile enabled = Mark(folder, Enabled);

        // A choice that changes between the two checks is found by the second one, because the new file is created before the old one is deleted.
        bool isEnabled = enabled.Exists;
        return Mark(folder, Disabled).Exists ? ConsentChoice.Disabled
            : isEnabled || enabled.Exists ? ConsentChoice.Enabled
            : ConsentChoice.None;
    }

    /// <summary>Stores a choice; <see cref="ConsentChoice.None"/> removes it.</summary>
    /// <returns>False when it could not be stored; the old choice then remains.</returns>
    public static bool Write(ConfigFolder folder, ConsentChoice choice)
    {
        ConfigFile enabled = Mark(folder, Enabled);
        ConfigFile disabled = Mark(folder, Disabled);

        // There is a choice at any time, and a file that cannot be removed is outranked.
        switch (choice)
        {
            case ConsentChoice.Disabled:
                if (!disabled.Replace(string.Empty))
                {
                    return false;
                }

                enabled.Delete();
                return true;
            case ConsentChoice.Enabled:
                return enabled.Replace(string.Empty) && disabled.Delete();
            default:
                return enabled.Delete() && disabled.Delete();
        }
    }

    internal static string? TextOf(ConsentChoice choice) => choice switch
    {
        ConsentChoice.Enabled => Enabled,
        ConsentChoice.Disabled => Disabled,
        _ => null,
    };

    private static ConfigFile Mark(ConfigFolder folder, string choice) => folder.File(FilePrefix + choice);
}

/// <summary>A user's choice for all projects.</summary>
public enum ConsentChoice
{
    None,

    Enabled,

    Disabled,
}
