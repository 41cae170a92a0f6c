using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>The tool's NuGet package.</summary>
[TestClass]
public sealed class PackageTests
{
    private static readonly string[] Platforms = ["any", "linux-x64"];

    private static readonly string[] ToolFiles =
    [
        "ClickHouse.Driver.Common.dll",
        "ClickHouse.Driver.Tcp.dll",
        "ClickHouse.Driver.dll",
        "CommunityToolkit.HighPerformance.dll",
        "Containers.Telemetry.Core.dll",
        "Containers.Telemetry.Fleet.dll",
        "Containers.Telemetry.Reports.dll",
        "Containers.Telemetry.Tool.deps.json",
        "Containers.Telemetry.Tool.dll",
        "Containers.Telemetry.Tool.runtimeconfig.json",
        "DotnetToolSettings.xml",
        "K4os.Compression.LZ4.dll",
        "Microsoft.Extensions.Configuration.Abstractions.dll",
        "Microsoft.Extensions.Configuration.Binder.dll",
        "Microsoft.Extensions.Configuration.dll",
        "Microsoft.Extensions.DependencyInjection.Abstractions.dll",
        "Microsoft.Extensions.DependencyInjection.dll",
        "Microsoft.Extensions.Diagnostics.Abstractions.dll",
        "Microsoft.Extensions.Diagnostics.dll",
        "Microsoft.Extensions.Http.dll",
        "Microsoft.Extensions.Logging.Abstractions.dll",
        "Microsoft.Extensions.Logging.dll",
        "Microsoft.Extensions.Options.ConfigurationExtensions.dll",
        "Microsoft.Extensions.Options.dll",
        "Microsoft.Extensions.Primitives.dll",
        "Microsoft.IO.RecyclableMemoryStream.dll",
        "NodaTime.dll",
        "Parquet.dll",
        "Snappier.dll",
        "Spectre.Console.dll",
        "System.CommandLine.dll",
        "System.Diagnostics.DiagnosticSource.dll",
        "System.IO.Pipelines.dll",
        "System.Text.Encodings.Web.dll",
        "System.Text.Json.dll",
        "ZstdSharp.dll",
    ];

    private static TemporaryFolder _feed = null!;

    // Packs the build output of this test run without a build, because other tests may use that output at the same time.
    [ClassInitialize]
    public static async Task PackAsync(TestContext context)
    {
        _feed = new TemporaryFolder();
        string configuration = ToolProcess.Assembly.Contains(
            $"{Path.DirectorySeparatorChar}release{Path.DirectorySeparatorChar}", StringComparison.OrdinalIgnoreCase)
            ? "Release"
            : "Debug";
        var start = new ProcessStartInfo(
            DotnetHost.Path,
            ["pack", Path.Combine(Repository.Root, "src", "Containers.Telemetry.Tool"), "--no-build", "-c", configuration, "-o", _feed.Path, "-nologo"])
        {
            RedirectStandardOutput = true,
        };
        using Process pack = Process.Start(start)!;
        string output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.AreEqual(0, pack.ExitCode, output);
    }

    [ClassCleanup]
    public static void RemovePackage() => _feed.Dispose();

    [TestMethod]
    public async Task The_package_installs_as_a_tool_that_runs()
    {
        using var tool = new ToolProcess();

        CommandResult install = await new DotnetCommand("tool", "install", "Containers.Telemetry.Tool", "--tool-path", "tools", "--source", _feed.Path)
        {
            Environment = tool.Environment,
            WorkingDirectory = tool.Folder,
        }.RunAsync();
        tool.Environment = tool.Environment.With("DOTNET_ROOT", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")));
        using Process status = tool.Start(Path.Combine(tool.Folder, "tools", "containers-telemetry"), "--version");
        string version = await status.StandardOutput.ReadToEndAsync();

        Assert.AreEqual(0, install.ExitCode, install.StandardOutput + install.StandardError);
        Assert.AreEqual(typeof(ToolProgram).Assembly.GetName().Version!.ToString(3), version.TrimEnd());
    }

    [TestMethod]
    public void The_package_has_exactly_the_files_that_it_needs()
    {
        using ZipArchive package = OpenPackage();
        string[] names =
        [
            .. package.Entries.Select(entry => entry.FullName)
                .Where(name => !name.StartsWith("package/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

        CollectionAssert.AreEqual(
            (string[])
            [
                "Containers.Telemetry.Tool.nuspec",
                "LICENSE",
                "THIRD-PARTY-NOTICES.txt",
                "[Content_Types].xml",
                "_rels/.rels",
                "icon.png",
                "sbom.cdx.json",
                "tool.md",
                .. Platforms.SelectMany(platform => ToolFiles.Select(file => $"tools/net8.0/{platform}/{file}")),
            ],
            names,
            string.Join('\n', names));
    }

    [TestMethod]
    public void Assemblies_of_a_platform_are_the_same_code_compiled_ahead_of_time()
    {
        using ZipArchive package = OpenPackage();
        foreach (string assembly in ToolFiles.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using var portable = new PEReader(new MemoryStream(Read(package, "any/" + assembly)));
            using var compiled = new PEReader(new MemoryStream(Read(package, "linux-x64/" + assembly)));

            Assert.AreEqual(0, portable.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, assembly);
            Assert.AreNotEqual(0, compiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size, assembly);
            Assert.AreEqual(ModuleVersionOf(portable), ModuleVersionOf(compiled), assembly);
        }
    }

    [TestMethod]
    public void The_notices_name_each_assembly_of_others()
    {
        using ZipArchive package = OpenPackage();
        using var reader = new StreamReader(package.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        string notices = reader.ReadToEnd();
        string[] others = [.. package.Entries
            .Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && !entry.Name.StartsWith("Containers.Telemetry.", StringComparison.Ordinal))
            .Select(entry => Path.GetFileNameWithoutExtension(entry.Name))
            .Distinct()];

        Assert.IsNotEmpty(others);
        foreach (string other in others)
        {
            Assert.Contains(other, notices);
        }
    }

    [TestMethod]
    public void The_list_of_components_equals_the_packed_files()
    {
        using ZipArchive package = OpenPackage();
        using JsonDocument bill = JsonDocument.Parse(ReadFile(package, "sbom.cdx.json"));
        string[] listed =
        [
            .. Components(bill.RootElement)
                .Select(static component => $"{component.GetProperty("name").GetString()} {component.GetProperty("version").GetString()}")
                .Order(StringComparer.Ordinal),
        ];

        CollectionAssert.AreEqual(PackedPackages(package).Order(StringComparer.Ordinal).ToArray(), listed, string.Join('\n', listed));
        Assert.IsTrue(Components(bill.RootElement).All(static component => component.GetProperty("licenses").GetArrayLength() > 0));
    }

    [TestMethod]
    public void The_list_of_components_has_the_works_in_the_report_page()
    {
        using ZipArchive package = OpenPackage();
        using JsonDocument bill = JsonDocument.Parse(ReadFile(package, "sbom.cdx.json"));
        using JsonDocument npm = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "src", "Containers.Telemetry.Reports", "Web", "package-lock.json")));
        string[] locked = [.. npm.RootElement.GetProperty("packages").EnumerateObject()
            .Where(static entry => entry.Name.Length > 0)
            .Select(static entry => (Name: entry.Name["node_modules/".Length..], Version: entry.Value.GetProperty("version").GetString()))
            .Select(static entry => $"pkg:npm/{entry.Name.Replace("@", "%40", StringComparison.Ordinal)}@{entry.Version}")];

        CollectionAssert.AreEquivalent(
            locked,
            Components(bill.RootElement.GetProperty("metadata").GetProperty("component"))
                .Select(static component => component.GetProperty("purl").GetString())
                .ToArray());
    }

    [TestMethod]
    public void Links_of_the_page_are_absolute_and_lead_to_files_that_exist()
    {
        using ZipArchive package = OpenPackage();

        PackedPage.AssertLinks(Encoding.UTF8.GetString(ReadFile(package, "tool.md")), "https://www.nuget.org/packages/Containers.Telemetry?file=");
    }

    [TestMethod]
    public void All_platforms_have_the_same_settings()
    {
        using ZipArchive package = OpenPackage();
        foreach (string file in ToolFiles.Where(file => !file.EndsWith(".dll", StringComparison.Ordinal)))
        {
            CollectionAssert.AreEqual(Read(package, "any/" + file), Read(package, "linux-x64/" + file), file);
        }
    }

    private static Guid ModuleVersionOf(PEReader image)
    {
        MetadataReader metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static JsonElement.ArrayEnumerator Components(JsonElement parent) => parent.GetProperty("components").EnumerateArray();

    // The packages with assemblies in the list of dependencies that the program loads.
    private static IEnumerable<string> PackedPackages(ZipArchive package)
    {
        using JsonDocument dependencies = JsonDocument.Parse(Read(package, "any/Containers.Telemetry.Tool.deps.json"));
        foreach (JsonProperty library in dependencies.RootElement.GetProperty("libraries").EnumerateObject().ToArray())
        {
            if (library.Value.GetProperty("type").GetString() == "package")
            {
                yield return library.Name.Replace('/', ' ');
            }
        }
    }

    private static byte[] Read(ZipArchive package, string file) => ReadFile(package, "tools/net8.0/" + file);

    private static byte[] ReadFile(ZipArchive package, string file)
    {
        using Stream entry = package.GetEntry(file)!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }

    private static ZipArchive OpenPackage() => ZipFile.OpenRead(Directory.GetFiles(_feed.Path, "*.nupkg").Single());
}
