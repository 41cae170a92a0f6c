using System.IO.Compression;
using System.Security.Cryptography;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>Anybody can rebuild the packages with identical bytes, and so verify that a feed has what the sources say.</summary>
[TestClass]
public sealed class ReproducibleTests
{
    // Only one third-party package is compiled: compiling all of them ahead of time takes most of a minute.
    private const string LeavesOutPackagesOfOthers = """
        <Project>
          <Target Name="LeaveOutPackagesOfOthers" AfterTargets="_CollectReadyToRunInputs">
            <ItemGroup>
              <_OfOthers Include="@(ReadyToRunAssembly)" Condition="!$([System.String]::new('%(Filename)').StartsWith('Containers.Telemetry')) and '%(Filename)' != 'System.CommandLine'" />
              <ReadyToRunAssembly Remove="@(_OfOthers)" />
            </ItemGroup>
          </Target>
        </Project>
        """;

    private static readonly DateTimeOffset TimeOfFiles = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestMethod]
    public async Task Packages_are_the_same_bytes_in_two_folders_on_two_days_and_in_two_time_zones()
    {
        using var work = new TemporaryFolder();

        Dictionary<string, string>[] packages = await Task.WhenAll(
            PackAsync(work.Combine("here"), work.Combine("one"), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "Etc/UTC"),
            PackAsync(
                work.Combine("a longer path", "elsewhere"),
                work.Combine("other"),
                new DateTime(2026, 7, 8, 9, 10, 11, DateTimeKind.Utc),
                "America/Los_Angeles"));

        CollectionAssert.AreEquivalent(new[] { "Containers.Telemetry", "Containers.Telemetry.Tool" }, packages[0].Keys.ToArray());
        foreach (string package in packages[0].Keys)
        {
            AssertSame(packages[0][package], packages[1][package]);
        }

        using ZipArchive tool = ZipFile.OpenRead(packages[0]["Containers.Telemetry.Tool"]);
        CollectionAssert.IsSubsetOf(
            new[] { "Containers.Telemetry.Core.dll", "Containers.Telemetry.Tool.dll", "System.CommandLine.dll" }.Select(
                static file => $"tools/net8.0/linux-x64/{file}").ToArray(),
            tool.Entries.Select(static entry => entry.FullName).ToArray());
    }

    private static async Task<Dictionary<string, string>> PackAsync(string folder, string home, DateTime timeOfSources, string timeZone)
    {
        SourceCopy.Make(folder, timeOfSources);
        await File.WriteAllTextAsync(Path.Combine(folder, "Directory.Build.targets"), LeavesOutPackagesOfOthers);
        MachineNuGet.CopyConfigurationTo(home);
        string output = Path.Combine(folder, "artifacts", "packages");
        string[] projects = ["Containers.Telemetry", "Containers.Telemetry.Tool"];
        foreach (string project in projects)
        {
            (await new DotnetCommand("pack", $"src/{project}", "-p:RunAnalyzers=false", "-m:1", CompilerServer.Argument)
            {
                Environment = DotnetEnvironment.ForUser(home, MachineNuGet.PackagesFolder).WithoutUnneededWork().With("TZ", timeZone),
                WorkingDirectory = folder,
            }.RunAsync()).EnsureSuccess();
        }

        return projects.ToDictionary(static project => project, project => Directory.GetFiles(output, $"{project}.?.*.nupkg").Single());
    }

    private static void AssertSame(string first, string second)
    {
        using (ZipArchive one = ZipFile.OpenRead(first))
        using (ZipArchive other = ZipFile.OpenRead(second))
        {
            // Names of files help to find a difference; one hash of everything would not.
            CollectionAssert.AreEqual(Describe(one), Describe(other));
            Assert.IsTrue(one.Entries.All(static entry => entry.LastWriteTime.DateTime == TimeOfFiles.DateTime));
        }

        Assert.AreEqual(HashOf(first), HashOf(second));
    }

    private static string[] Describe(ZipArchive package) => [.. package.Entries.Select(static entry => $"{entry.FullName} {entry.Crc32:x8}")];

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
