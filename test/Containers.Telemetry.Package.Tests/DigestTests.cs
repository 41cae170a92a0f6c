using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The image itself is the same to the byte.</summary>
[TestClass]
public sealed class DigestTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("out/image.tar.gz", "")]
    [DataRow("", "linux-x64;linux-arm64")]
    public async Task Image_has_the_same_digest_with_and_without_the_package(string archive, string runtimes)
    {
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);
        GeneratedProject project = await PackageUnderTest.Workspace.GenerateAsync(new ProjectShape
        {
            Package = PackageStyle.Direct,
            Feed = await PackageUnderTest.Feed,
            RuntimeIdentifiers = runtimes.Split(';', StringSplitOptions.RemoveEmptyEntries),
        });
        var request = new PublishRequest
        {
            Properties =
            [
                KeyValuePair.Create("ContainerRegistry", stage.Registry.Authority),
                KeyValuePair.Create("ContainerArchiveOutputPath", archive),
                KeyValuePair.Create("ContainerGenerateLabelsImageCreated", "false"),
            ],
            Arguments = ["-m:1"],
            Environment = stage.Environment,
        };

        // The times of the published files are in the image: what is published first stays for the runs after it.
        await project.PublishAsync(request);
        PublishResult with = await project.PublishAsync(request);
        PublishResult without = await project.PublishAsync(request with
        {
            Environment = user => stage.Environment(user).With("NuGetPackageRoot", PackageUnderTest.FolderWithoutPackage),
        });

        Assert.AreEqual(0, with.ExitCode, with.StandardOutput);
        Assert.IsNotEmpty(with.ContainerEvents);
        Assert.IsNotEmpty(without.ContainerEvents.Where(e => e.Properties!.Values.Contains(null)), "The SDK's own events have null values; these are not the SDK's.");
        CollectionAssert.AreEqual(Describe(without), Describe(with));
        if (archive.Length > 0)
        {
            Assert.IsTrue(File.Exists(with.Outputs.Single().Properties["GeneratedArchiveOutputPath"]) || File.Exists(Path.Combine(project.Folder, "app", archive)));
        }
    }

    private static List<string> Describe(PublishResult result) =>
    [
        .. result.Outputs.Single().Properties.Select(p => $"{p.Key}: {p.Value}"),
        .. result.Outputs.Single().Containers.SelectMany(container => container).Select(p => $"{p.Key}: {p.Value}"),
        .. result.Outputs.Single().Names,
    ];
}
