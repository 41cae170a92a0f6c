using Containers.Telemetry.Tool.Data;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Doctor;

/// <summary>Builds the image of a project into an archive that is deleted afterwards, in the preview mode of the package.</summary>
internal sealed class PublishPreview(ToolContext context, string project, ProjectProperties properties)
{
    private const string FileName = "containers-telemetry-preview.jsonl";
    private const string ArchiveProperty = "ContainerArchiveOutputPath";

    /// <param name="globalProperties">The properties of a publish's command line, as <c>name=value</c>.</param>
    /// <param name="data">Where a publish would store its events.</param>
    /// <exception cref="ToolException">The SDK cannot write archives, or the project cannot be built.</exception>
    public PreviewReport Run(IReadOnlyList<string> globalProperties, UserData data)
    {
        RequireArchives();
        string folder = Directory.CreateTempSubdirectory("containers-telemetry-").FullName;
        try
        {
            DateTime started = DateTime.UtcNow;
            (int exitCode, string output, string error) = new DotnetProgram(context).Run(
                Path.GetDirectoryName(project)!,
                [
                    "publish", project, "-nologo", "-nodeReuse:false", "-t:PublishContainer", "-tl:off", "-v:minimal",
                    .. globalProperties.Select(static property => "-p:" + property),
                    "-p:ContainersTelemetryPreview=true", $"-p:{ArchiveProperty}={Path.Combine(folder, "image.tar.gz")}",
                ]);
            string? failure = exitCode == 0 ? null : DotnetProgram.Reason(output + error, "dotnet publish failed.");
            List<JsonElement> events = EventsSince(started);
            return events.Count > 0
                ? new PreviewReport(project, events, failure, data.StorePath, Endpoints())
                : throw ToolException.Failure(
                    $"{Path.GetFileName(project)} cannot be published: {failure ?? "there was no event."} " +
                    "Make \"dotnet publish -t:PublishContainer\" work first.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>An SDK that cannot write archives would push the image.</summary>
    private void RequireArchives()
    {
        string targets = properties["_ContainersTelemetrySdkTargets"];
        if (!File.Exists(targets) || !File.ReadAllText(targets).Contains(ArchiveProperty, StringComparison.Ordinal))
        {
            throw ToolException.Failure(
                $".NET SDK {properties["NETCoreSdkVersion"]} cannot write an image to an archive, so a preview would push it. " +
                "Use SDK 8.0.200 or later.");
        }
    }

    private List<JsonElement> EventsSince(DateTime started)
    {
        string folder = Path.Combine(Path.GetDirectoryName(project)!, properties["BaseIntermediateOutputPath"].Replace('\\', Path.DirectorySeparatorChar));
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder, FileName, SearchOption.AllDirectories)
                .Where(file => File.GetLastWriteTimeUtc(file) >= started)
                .SelectMany(File.ReadLines)
                .Select(static line => JsonDocument.Parse(line).RootElement),
        ];
    }

    private IEnumerable<string> Endpoints() =>
        properties.ResolveEndpoints(context.Machine.GetVariable, [])?.Destinations.Select(static destination => destination.Url) ?? [];
}
