using Containers.Telemetry.Reports.Tables;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>The events of a preview, for a person or for a script.</summary>
/// <param name="project">Full path of the project file.</param>
/// <param name="events">The events, as the package's preview has them.</param>
/// <param name="failure">Why the publish failed; null where it did not.</param>
/// <param name="store">Where a publish would store its events.</param>
/// <param name="endpoints">Where a publish would send them.</param>
internal sealed class PreviewReport(string project, IReadOnlyList<JsonElement> events, string? failure, string store, IEnumerable<string> endpoints)
{
    private const string EventMember = "Event";

    public void WriteText(Terminal terminal)
    {
        foreach (JsonElement one in events)
        {
            terminal.WriteLine(terminal.Toned(one.GetProperty(EventMember).GetString()!, Tone.Strong));
            var fields = new FieldList(terminal);
            foreach (JsonProperty field in one.EnumerateObject().Where(static field => field.Name != EventMember))
            {
                fields.Add("  " + field.Name, TextOf(field.Value));
            }

            fields.Write();
            terminal.WriteLine();
        }

        if (failure is not null)
        {
            terminal.WriteParagraph($"The publish failed: {failure}");
        }

        string[] urls = [.. endpoints];
        terminal.WriteParagraph(
            $"A publish would store these events in {store}" + (urls.Length == 0 ? "." : $" and send them to {string.Join(" and ", urls)}."));
        terminal.WriteParagraph(
            "The first fields of each also go through MSBuild's telemetry channel, " +
            "which the dotnet CLI forwards to Microsoft unless DOTNET_CLI_TELEMETRY_OPTOUT=1. docs/collected-data.md lists them.");
        terminal.WriteParagraph(
            "Nothing was pushed, stored or sent: the image went into a temporary archive, " +
            "so LocalPushType is Tarball and FeaturesUsed has ContainerArchiveOutputPath. A publish records its own destination and features.");
    }

    public void WriteJson(Terminal terminal) => JsonText.Write(terminal, writer =>
    {
        writer.WriteString("project", project);
        writer.WriteString("failure", failure);
        writer.WriteString("store", store);
        writer.WriteTexts("endpoints", endpoints);
        writer.WriteStartArray("events");
        foreach (JsonElement one in events)
        {
            one.WriteTo(writer);
        }

        writer.WriteEndArray();
    });

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(TextOf)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(static member => $"{member.Name}={TextOf(member.Value)}")),
        _ => value.ToString(),
    };
}
