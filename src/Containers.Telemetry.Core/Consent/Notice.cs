using System.Globalization;
using System.Text;
using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Consent;

/// <summary>
/// The first-run notice: what is collected, where it goes, how to stop. It is shown once for each <see cref="CollectionVersion"/>; the file
/// <c>notice</c> of the configuration folder has the number of the last one.
/// </summary>
public static class Notice
{
    /// <summary>Number of what is collected. It is raised when something is collected that was not before.</summary>
    public const int CollectionVersion = 1;

    private const string FileName = "notice";

    /// <summary>Whether the notice was shown, as far as the file can be read.</summary>
    public static bool IsShown(ConfigFolder folder) => IsCurrent(folder.File(FileName).Read());

    /// <summary>
    /// Takes it on to show the notice. Of all processes that try at once, one gets to; none does where it could not be remembered, since
    /// the notice would come with each publish.
    /// </summary>
    public static bool TryClaim(ConfigFolder folder)
    {
        folder.File(FileName).Ensure(IsCurrent, static () => CollectionVersion.ToString(CultureInfo.InvariantCulture) + "\n", out bool isOwn);
        return isOwn;
    }

    /// <summary>The text, in lines that end with a line feed.</summary>
    /// <param name="storeFolder">Full path of the folder that events are stored in; null for none.</param>
    /// <param name="endpointHosts">Names of the hosts that events are sent to; empty for none.</param>
    public static string Text(string? storeFolder, IReadOnlyList<string> endpointHosts)
    {
        var text = new StringBuilder();
        text.Append("\nContainers.Telemetry observes how your container publishes end: kinds of\n");
        text.Append("registry, base image, outcome, duration, size, settings in use, machine.\n");
        text.Append("It takes no name, path, tag or message of yours.\n");
        if (storeFolder is not null)
        {
            text.Append("Stored in: ").Append(storeFolder).Append('\n');
        }

        if (endpointHosts.Count > 0)
        {
            text.Append("Sent to: ").AppendJoin(", ", endpointHosts).Append('\n');
        }

        text.Append("The .NET CLI gets what the SDK would tell it, under the CLI's own opt-out.\n");
        text.Append("To stop: set the environment variable CONTAINERS_TELEMETRY_OPTOUT to 1,\n");
        text.Append("or the property ContainersTelemetry to false.\n");
        text.Append("More: docs/privacy.md of Containers.Telemetry. This notice is shown once.\n");
        return text.ToString();
    }

    // A newer package that has told more has told this, too.
    private static bool IsCurrent(string? text) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int shown) && shown >= CollectionVersion;
}
