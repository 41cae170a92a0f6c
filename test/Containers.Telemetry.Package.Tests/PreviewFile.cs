using System.Text.Json.Nodes;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The file that a preview writes to the project's intermediate folder: one JSON object per event.</summary>
internal static class PreviewFile
{
    public const string Property = "ContainersTelemetryPreview";

    private const string FileName = "containers-telemetry-preview.jsonl";

    /// <summary>Full path of the file, for a project with the default name.</summary>
    public static string PathOf(PublishResult result, string project = "app") =>
        Path.Combine(result.ProjectFolder, project, "obj", "Release", "net10.0", FileName);

    /// <summary>Reads the events in order; none if there is no file.</summary>
    public static IReadOnlyList<JsonObject> Read(PublishResult result, string project = "app") =>
        File.Exists(PathOf(result, project))
            ? [.. File.ReadLines(PathOf(result, project)).Select(line => JsonNode.Parse(line)!.AsObject())]
            : [];

    /// <summary>The names of the events, and the kinds of the errors.</summary>
    public static string[] Outcomes(PublishResult result, string project = "app") =>
        [.. Read(result, project).Select(e => e["Error"] is { } error ? $"{e["Event"]} {error}" : $"{e["Event"]}")];
}
