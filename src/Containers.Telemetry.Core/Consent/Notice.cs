using Containers.Telemetry.UserFiles;

namespace Containers.Telemetry.Consent;

/// <summary>
/// The first-run notice: the collected data, its destinations, how to turn it off. It is shown once for each <see cref="CollectionVersion"/>; the file
/// <c>notice</c> of the configuration folder has the number of the last one.
/// </summary>
public static class Notice
{
    /// <summary>The version of the collected data. A new kind of data raises it.</summary>
    public const int CollectionVersion = 1;

    private const string FileName = "notice";

    /// <summary>Whether the notice was shown, as far as the file can be read.</summary>
    public static bool IsShown(ConfigFolder folder) => IsCurrent(folder.File(FileName).Read());

    /// <summary>Claims the notice for this process: of several at once, one succeeds; none if the file cannot be written, lest it come each time.</summary>
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
        text.Append("registry, base image, outcome, duration, size, settings in use, machine, and\n");
        text.Append("random ids of you and the project. It collects no name, path, tag or message\n");
        text.Append("of yours, and dimensions only if a project declares them. Events go to:\n");
        text.Append("  Store:    ").Append(storeFolder ?? "none").Append('\n');
        text.Append("  Endpoint: ")
            .Append(endpointHosts.Count > 0 ? string.Join(", ", endpointHosts) : "none; a project or an OTEL variable may name one")
            .Append('\n');
        text.Append("  SDK:      the .NET CLI gets the SDK's events, and sends them to\n");
        text.Append("            Microsoft unless DOTNET_CLI_TELEMETRY_OPTOUT is 1\n");
        text.Append("To see your events, run: containers-telemetry show\n");
        text.Append("To stop, run: containers-telemetry disable\n");
        text.Append("or set the environment variable CONTAINERS_TELEMETRY_OPTOUT to 1, or the\n");
        text.Append("property ContainersTelemetry to false. The SDK then raises its own events.\n");
        text.Append("The command comes with: dotnet tool install -g Containers.Telemetry.Tool\n");
        text.Append("More: ").Append(ProductPage.Url).Append('\n');
        text.Append("This notice is shown once.\n");
        return text.ToString();
    }

    // The notice of a newer package includes this one.
    private static bool IsCurrent(string? text) =>
        int.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int shown) && shown >= CollectionVersion;
}

/// <summary>The home page of the product.</summary>
public static class ProductPage
{
    public const string Url = "https://www.nuget.org/packages/Containers.Telemetry";
}
