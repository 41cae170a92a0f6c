using System.Text;
using Containers.Telemetry.EventRecorder;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>The properties and items that the SDK promises to a user's target after <c>PublishContainer</c>.</summary>
/// <param name="Project">Names of the project, without extension, and of the target framework: <c>app.net10.0</c>.</param>
/// <param name="Properties">The properties named <c>Generated…</c>; empty if not set.</param>
/// <param name="Containers">Metadata of each distinct <c>GeneratedContainer</c> item: one for each image.</param>
/// <param name="Names">The <c>GeneratedContainerName</c> items: the published images in the SDK's words.</param>
public sealed record PublishOutputs(
    string Project,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Containers,
    IReadOnlyList<string> Names)
{
    /// <summary>The environment variable with the folder for the captured outputs.</summary>
    internal const string FolderVariable = "PUBLISH_OUTPUTS_FOLDER";

    private const string Extension = ".outputs";

    private static readonly string[] PropertyNames =
    [
        "GeneratedArchiveOutputPath", "GeneratedContainerConfiguration", "GeneratedContainerDigest",
        "GeneratedContainerManifest", "GeneratedContainerMediaType", "GeneratedImageIndex",
    ];

    private static readonly string[] MetadataNames = ["Configuration", "Manifest", "ManifestDigest", "ManifestMediaType"];

    /// <summary>
    /// A Directory.Build.targets that writes one file per project, with one output per line: its kind, then its values. The values are in Base64,
    /// because manifests contain MSBuild's separators.
    /// </summary>
    internal static string CapturingTargets { get; } = $"""
        <Project>
          <Target Name="CapturePublishOutputs" AfterTargets="PublishContainer" Condition="'$({FolderVariable})' != ''">
            <ItemGroup>
              <_Captured Include="properties {Encode(PropertyNames.Select(name => $"$({name})"))}" />
              <_Captured Condition="'%(GeneratedContainer.Identity)' != ''"
                         Include="container {Encode(MetadataNames.Select(name => $"%(GeneratedContainer.{name})"))}" />
              <_Captured Condition="'%(GeneratedContainerName.Identity)' != ''"
                         Include="name {Encode(["%(GeneratedContainerName.Identity)"])}" />
            </ItemGroup>
            <WriteLinesToFile File="$({FolderVariable})/$({RecordedEvent.PublishProperty})/$(MSBuildProjectName).$(TargetFramework){Extension}"
                              Lines="@(_Captured)"
                              Overwrite="true" />
          </Target>
        </Project>
        """;

    internal static IReadOnlyList<PublishOutputs> ReadAll(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Read)] : [];

    private static PublishOutputs Read(string file)
    {
        var outputs = File.ReadLines(file)
            .Select(line => line.Split(' '))
            .ToLookup(words => words[0], words => words[1..].Select(Decode).ToArray(), StringComparer.Ordinal);
        return new(
            Path.GetFileNameWithoutExtension(file),
            Name(PropertyNames, outputs["properties"].Single()),
            [.. outputs["container"].Select(values => Name(MetadataNames, values))],
            [.. outputs["name"].Select(values => values.Single())]);
    }

    private static string Encode(IEnumerable<string> expressions) =>
        string.Join(' ', expressions.Select(expression => $"$([MSBuild]::ConvertToBase64('{expression}'))"));

    private static string Decode(string value) => Encoding.UTF8.GetString(Convert.FromBase64String(value));

    private static Dictionary<string, string> Name(string[] names, string[] values) =>
        names.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
}
