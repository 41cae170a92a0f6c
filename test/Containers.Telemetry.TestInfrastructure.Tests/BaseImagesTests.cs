using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Containers.Telemetry.TestInfrastructure.Tests;

[TestClass]
public sealed class BaseImagesTests
{
    [TestMethod]
    [DataRow(BaseImageForm.OciIndex, MediaTypes.OciIndex, MediaTypes.OciManifest)]
    [DataRow(BaseImageForm.DockerManifestList, MediaTypes.DockerManifestList, MediaTypes.DockerManifest)]
    public async Task Seed_AsIndex_HasAnImageForEachPlatform(BaseImageForm form, string indexType, string manifestType)
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();

        StoredManifest index = BaseImages.Seed(registry, "base", "1", form);

        Assert.AreEqual(indexType, index.MediaType);
        JsonArray entries = index.Json["manifests"]!.AsArray();
        Assert.AreEqual(
            "linux/amd64 linux/arm64",
            string.Join(' ', entries.Select(entry => $"{entry!["platform"]!["os"]}/{entry["platform"]!["architecture"]}")));

        foreach (JsonNode? entry in entries)
        {
            StoredManifest image = AssertIsComplete(registry, entry!["digest"]!.GetValue<string>());
            Assert.AreEqual(manifestType, image.MediaType);
        }
    }

    [TestMethod]
    [DataRow(BaseImageForm.OciManifest, MediaTypes.OciManifest)]
    [DataRow(BaseImageForm.DockerManifest, MediaTypes.DockerManifest)]
    public async Task Seed_AsManifest_IsOneImage(BaseImageForm form, string manifestType)
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();

        BaseImages.Seed(registry, "base", "1", [ImagePlatform.LinuxArm64], form);

        StoredManifest image = AssertIsComplete(registry, "1");
        Assert.AreEqual(manifestType, image.MediaType);
        Assert.AreEqual("arm64", ReadConfig(registry, image)["architecture"]!.GetValue<string>());
    }

    [TestMethod]
    public async Task Seed_ForWindows_HasTheVersionOfWindows()
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();

        StoredManifest index = BaseImages.Seed(registry, "base", "1", [ImagePlatform.WindowsAmd64]);

        JsonNode entry = index.Json["manifests"]!.AsArray().Single()!;
        StoredManifest image = AssertIsComplete(registry, entry["digest"]!.GetValue<string>());
        Assert.AreEqual("10.0.20348.4171", entry["platform"]!["os.version"]!.GetValue<string>());
        Assert.AreEqual("10.0.20348.4171", ReadConfig(registry, image)["os.version"]!.GetValue<string>());
    }

    [TestMethod]
    public async Task Seed_InTwoRegistries_IsTheSameContent()
    {
        await using OciRegistry one = await OciRegistry.StartAsync();
        await using OciRegistry other = await OciRegistry.StartAsync();

        Assert.AreEqual(BaseImages.Seed(one, "base", "1").Digest, BaseImages.Seed(other, "base", "1").Digest);
    }

    [TestMethod]
    [DataRow("dotnet/runtime", "8.0")]
    [DataRow("dotnet/aspnet", "9.0")]
    [DataRow("dotnet/runtime-deps", "10.0")]
    [DataRow("dotnet/runtime-deps", "10.0-alpine")]
    [DataRow("dotnet/runtime-deps", "10.0-noble-chiseled-extra")]
    [DataRow("dotnet/runtime", "10.0-azurelinux3.0")]
    public async Task SeedMicrosoft_HasWhatAPublishInfers(string repository, string tag)
    {
        await using OciRegistry registry = await OciRegistry.StartAsync();

        BaseImages.SeedMicrosoft(registry, "mcr.microsoft.com");

        Assert.IsTrue(registry.TryGetManifest(repository, tag, out _, host: "mcr.microsoft.com"));
        Assert.IsFalse(registry.TryGetManifest(repository, tag, out _, host: "ghcr.io"));
    }

    private static StoredManifest AssertIsComplete(OciRegistry registry, string reference)
    {
        Assert.IsTrue(registry.TryGetManifest("base", reference, out StoredManifest? image));
        string diffId = ReadConfig(registry, image)["rootfs"]!["diff_ids"]!.AsArray().Single()!.GetValue<string>();
        byte[] layer = ReadBlob(registry, image.Json["layers"]!.AsArray().Single()!);

        using GZipStream gzip = new(new MemoryStream(layer), CompressionMode.Decompress);
        using MemoryStream tar = new();
        gzip.CopyTo(tar);
        Assert.AreEqual(diffId, RegistryClient.DigestOf(tar.ToArray()));

        tar.Position = 0;
        using TarReader reader = new(tar);
        Assert.AreEqual("etc/base-image", reader.GetNextEntry()!.Name);
        return image;
    }

    private static JsonNode ReadConfig(OciRegistry registry, StoredManifest image) =>
        JsonNode.Parse(ReadBlob(registry, image.Json["config"]!))!;

    private static byte[] ReadBlob(OciRegistry registry, JsonNode descriptor)
    {
        string digest = descriptor["digest"]!.GetValue<string>();
        Assert.IsTrue(registry.TryGetBlob("base", digest, out byte[]? content));
        Assert.AreEqual(digest, RegistryClient.DigestOf(content));
        Assert.AreEqual(content.Length, descriptor["size"]!.GetValue<int>());
        return content;
    }
}
