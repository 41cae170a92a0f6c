using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The package contains exactly these files and has no dependencies.</summary>
[TestClass]
public sealed class PackageContentTests
{
    private const string TaskFolder = "tasks/net8.0/";

    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    [TestMethod]
    public async Task Package_holds_exactly_these_files()
    {
        using ZipArchive package = await OpenAsync();

        CollectionAssert.AreEquivalent(
            new[]
            {
                "CHANGELOG.md",
                "Containers.Telemetry.nuspec",
                "LICENSE",
                "README.md",
                "build/Containers.Telemetry.props",
                "build/Containers.Telemetry.targets",
                "buildTransitive/Containers.Telemetry.props",
                "buildTransitive/Containers.Telemetry.targets",
                "icon.png",
                "sbom.cdx.json",
                "tasks/net8.0/Containers.Telemetry.Core.dll",
                "tasks/net8.0/Containers.Telemetry.dll",
                "tasks/net8.0/linux-x64/Containers.Telemetry.Core.dll",
                "tasks/net8.0/linux-x64/Containers.Telemetry.dll",
            },
            package.Entries.Select(entry => entry.FullName).Where(name => !IsContainerFormat(name)).ToArray());
    }

    [TestMethod]
    [DataRow("build")]
    [DataRow("buildTransitive")]
    [DataRow("CHANGELOG.md")]
    [DataRow("LICENSE")]
    public async Task Packed_files_are_those_of_the_repository(string path)
    {
        using ZipArchive package = await OpenAsync();
        string source = Path.Combine(Repository.Root, path);
        string[] files = Directory.Exists(source) ? Directory.GetFiles(source) : [source];

        Assert.IsNotEmpty(files);
        foreach (string file in files)
        {
            string name = Path.GetRelativePath(Repository.Root, file).Replace(Path.DirectorySeparatorChar, '/');
            CollectionAssert.AreEqual(await File.ReadAllBytesAsync(file), Read(package, name), name);
        }
    }

    [TestMethod]
    public async Task Package_depends_on_nothing_and_only_builds_get_it()
    {
        XElement metadata = (await ReadNuspecAsync()).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        XNamespace ns = metadata.Name.Namespace;

        Assert.IsEmpty(metadata.Descendants(ns + "dependency"));
        Assert.IsEmpty(metadata.Descendants(ns + "frameworkReference"));
        Assert.AreEqual("true", metadata.Element(ns + "developmentDependency")?.Value);
    }

    [TestMethod]
    public async Task Package_has_complete_metadata()
    {
        PackageFeed feed = await PackageUnderTest.Feed;
        XElement metadata = (await ReadNuspecAsync()).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        XNamespace ns = metadata.Name.Namespace;

        Assert.AreEqual("Containers.Telemetry", metadata.Element(ns + "id")?.Value);
        Assert.AreEqual(feed.Version, metadata.Element(ns + "version")?.Value);
        Assert.AreEqual("expression", metadata.Element(ns + "license")?.Attribute("type")?.Value);
        Assert.AreEqual("MIT", metadata.Element(ns + "license")?.Value);
        Assert.AreEqual("README.md", metadata.Element(ns + "readme")?.Value);
        Assert.AreEqual("icon.png", metadata.Element(ns + "icon")?.Value);
        Assert.AreEqual("https://www.nuget.org/packages/Containers.Telemetry", metadata.Element(ns + "projectUrl")?.Value);
        Assert.IsFalse(string.IsNullOrWhiteSpace(metadata.Element(ns + "description")?.Value));
        Assert.IsFalse(string.IsNullOrWhiteSpace(metadata.Element(ns + "tags")?.Value));
    }

    [TestMethod]
    [DataRow("Containers.Telemetry.dll")]
    [DataRow("Containers.Telemetry.Core.dll")]
    public async Task Assemblies_of_a_platform_are_the_same_code_compiled_ahead_of_time(string assembly)
    {
        using ZipArchive package = await OpenAsync();
        using var portable = new PEReader(new MemoryStream(Read(package, TaskFolder + assembly)));
        using var compiled = new PEReader(new MemoryStream(Read(package, TaskFolder + "linux-x64/" + assembly)));

        Assert.AreEqual(0, portable.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        Assert.AreNotEqual(0, compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
        Assert.AreEqual(ModuleVersionOf(portable), ModuleVersionOf(compiled));
    }

    [TestMethod]
    [DataRow("Containers.Telemetry.dll", "Microsoft.Build.Framework,Containers.Telemetry.Core")]
    [DataRow("Containers.Telemetry.Core.dll", "")]
    [DataRow("linux-x64/Containers.Telemetry.dll", "Microsoft.Build.Framework,Containers.Telemetry.Core")]
    [DataRow("linux-x64/Containers.Telemetry.Core.dll", "")]
    public async Task Task_assemblies_need_nothing_that_a_build_does_not_have(string assembly, string beyondFramework)
    {
        using ZipArchive package = await OpenAsync();
        using var image = new PEReader(new MemoryStream(Read(package, TaskFolder + assembly)));
        MetadataReader metadata = image.GetMetadataReader();

        IEnumerable<string> references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

        CollectionAssert.AreEquivalent(
            beyondFramework.Split(',', StringSplitOptions.RemoveEmptyEntries),
            references.Where(name => !File.Exists(Path.Combine(FrameworkFolder, name + ".dll"))).ToArray());
    }

    [TestMethod]
    public async Task Links_of_the_page_are_absolute_and_lead_to_files_that_exist()
    {
        using ZipArchive package = await OpenAsync();

        PackedPage.AssertLinks(Encoding.UTF8.GetString(Read(package, "README.md")), "https://www.nuget.org/packages/Containers.Telemetry?file=");
    }

    [TestMethod]
    public async Task List_of_components_names_none_since_none_is_packed()
    {
        using ZipArchive package = await OpenAsync();
        using JsonDocument bill = JsonDocument.Parse(Read(package, "sbom.cdx.json"));
        JsonElement product = bill.RootElement.GetProperty("metadata").GetProperty("component");

        Assert.AreEqual("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        Assert.AreEqual("Containers.Telemetry", product.GetProperty("name").GetString());
        Assert.AreEqual((await PackageUnderTest.Feed).Version, product.GetProperty("version").GetString());
        Assert.IsFalse(bill.RootElement.TryGetProperty("components", out JsonElement components) && components.GetArrayLength() > 0);
    }

    // NuGet adds these files to every package.
    private static bool IsContainerFormat(string name) =>
        name is "[Content_Types].xml" or "_rels/.rels" || name.StartsWith("package/services/metadata/", StringComparison.Ordinal);

    private static Guid ModuleVersionOf(PEReader image)
    {
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static async Task<ZipArchive> OpenAsync() => await ZipFile.OpenReadAsync((await PackageUnderTest.Feed).PackageFile);

    private static async Task<XDocument> ReadNuspecAsync()
    {
        using ZipArchive package = await OpenAsync();
        return XDocument.Load(new MemoryStream(Read(package, "Containers.Telemetry.nuspec")));
    }

    private static byte[] Read(ZipArchive package, string name)
    {
        ZipArchiveEntry entry = package.GetEntry(name) ?? throw new FileNotFoundException("Not in the package.", name);
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
