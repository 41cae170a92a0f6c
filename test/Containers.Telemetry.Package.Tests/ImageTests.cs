using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>
/// The package does not change the image. Digests differ from publish to publish, because the SDK writes the time into layers and configuration.
/// </summary>
[TestClass]
public sealed class ImageTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("linux-x64;linux-arm64")]
    public async Task Image_holds_the_same_files_with_and_without_the_package(string runtimes)
    {
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(new ProjectShape
        {
            Package = PackageStyle.Direct,
            Feed = await PackageUnderTest.Feed,
            RuntimeIdentifiers = runtimes.Split(';', StringSplitOptions.RemoveEmptyEntries),
        });

        ((PublishResult with, List<string> filesWith), (PublishResult without, List<string> filesWithout)) = await WarmStage.UseAsync(
            "", async warm => (await PublishAsync(project, warm, static user => user), await PublishAsync(project, warm, PackageUnderTest.WithoutPackage)));

        Assert.AreEqual(0, with.ExitCode, with.StandardOutput);
        Assert.IsTrue(without.ContainerEvents.Any(e => e.Properties!.Values.Contains(null)), "Only the SDK's own events contain null values.");
        Assert.IsFalse(with.ContainerEvents.Any(e => e.Properties!.Values.Contains(null)), "Only the SDK's own events contain null values.");
        CollectionAssert.AreEqual(filesWithout, filesWith);
        CollectionAssert.AreEqual(without.Outputs.Single().Names.ToList(), with.Outputs.Single().Names.ToList());
    }

    private static async Task<(PublishResult Result, List<string> Files)> PublishAsync(
        GeneratedProject project, WarmStage warm, Func<DotnetEnvironment, DotnetEnvironment> change)
    {
        PublishRequest request = ScenarioRun.RequestTo(warm.Stage);
        PublishResult result = await project.PublishAsync(warm.Of(request with
        {
            Properties = [.. request.Properties, KeyValuePair.Create("ContainerGenerateLabelsImageCreated", "false")],
            Arguments = ["-m:1"],
            Environment = user => change(request.Environment(user)),
        }));
        return (result, FilesOf(result, warm.Stage));
    }

    /// <summary>The files of the published images, as the registry has them.</summary>
    private static List<string> FilesOf(PublishResult result, ScenarioStage stage)
    {
        List<string> files = [];
        foreach (IReadOnlyDictionary<string, string> container in result.Outputs.Single().Containers)
        {
            string manifest = container["Manifest"];
            Assert.AreEqual("sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest))), container["ManifestDigest"]);
            Assert.IsTrue(stage.Registry.TryGetManifest("app", container["ManifestDigest"], out _), "The registry does not have the image.");
            foreach (JsonNode? layer in JsonNode.Parse(manifest)!["layers"]!.AsArray())
            {
                Assert.IsTrue(
                    stage.Registry.TryGetBlob("app", layer!["digest"]!.GetValue<string>(), out byte[]? content), "The registry does not have the layer.");
                files.AddRange(FilesOf(content));
            }
        }

        Assert.IsNotEmpty(files);
        return files;
    }

    private static IEnumerable<string> FilesOf(byte[] layer)
    {
        using var tar = new TarReader(new GZipStream(new MemoryStream(layer), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            string content = entry.DataStream is null ? "" : Convert.ToHexStringLower(SHA256.HashData(entry.DataStream));
            yield return $"{entry.EntryType} {entry.Name} {entry.Mode} {entry.Uid} {content}";
        }
    }
}
