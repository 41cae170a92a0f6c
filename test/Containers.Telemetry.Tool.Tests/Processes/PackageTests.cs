using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Tool.Tests.Processes;

/// <summary>The package of the tool, as NuGet gets it.</summary>
[TestClass]
public sealed class PackageTests
{
    [TestMethod]
    public async Task The_package_installs_as_a_tool_that_runs()
    {
        using var tool = new ToolProcess();
        string feed = Path.Combine(tool.Folder, "feed");
        await PackAsync(feed);

        CommandResult install = await new DotnetCommand("tool", "install", "Containers.Telemetry.Tool", "--tool-path", "tools", "--source", feed)
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
    public async Task The_package_holds_what_it_needs_and_no_more()
    {
        using var folder = new TemporaryFolder();
        await PackAsync(folder.Path);

        using ZipArchive package = ZipFile.OpenRead(Directory.GetFiles(folder.Path, "*.nupkg").Single());
        string[] names = [.. package.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(
            (string[])
            [
                "Containers.Telemetry.Tool.nuspec",
                "LICENSE",
                "THIRD-PARTY-NOTICES.txt",
                "[Content_Types].xml",
                "_rels/.rels",
                "icon.png",
                "tool.md",
                "tools/net8.0/any/Containers.Telemetry.Core.dll",
                "tools/net8.0/any/Containers.Telemetry.Reports.dll",
                "tools/net8.0/any/Containers.Telemetry.Tool.deps.json",
                "tools/net8.0/any/Containers.Telemetry.Tool.dll",
                "tools/net8.0/any/Containers.Telemetry.Tool.runtimeconfig.json",
                "tools/net8.0/any/DotnetToolSettings.xml",
                "tools/net8.0/any/Spectre.Console.dll",
                "tools/net8.0/any/System.CommandLine.dll",
            ],
            names,
            string.Join('\n', names));
    }

    // What the tests run is packed; nothing is built, as other tests may be at it.
    private static async Task PackAsync(string folder)
    {
        string configuration = ToolProcess.Assembly.Contains($"{Path.DirectorySeparatorChar}release{Path.DirectorySeparatorChar}", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";
        var start = new ProcessStartInfo(
            DotnetHost.Path,
            ["pack", Path.Combine(Repository.Root, "src", "Containers.Telemetry.Tool"), "--no-build", "-c", configuration, "-o", folder, "-nologo"])
        {
            RedirectStandardOutput = true,
        };
        using Process pack = Process.Start(start)!;
        string output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.AreEqual(0, pack.ExitCode, output);
    }
}
