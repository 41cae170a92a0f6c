using System.Globalization;

namespace Containers.Telemetry.TestInfrastructure.Publishing;

/// <summary>A folder with one package, packed for this test run.</summary>
public sealed class PackageFeed
{
    private PackageFeed(string folder, string packageId, string version)
    {
        Folder = folder;
        PackageId = packageId;
        Version = version;
    }

    /// <summary>Full path of the folder, a NuGet package source.</summary>
    public string Folder { get; }

    public string PackageId { get; }

    /// <summary>A prerelease version that is unique to this run.</summary>
    public string Version { get; }

    public string PackageFile => Path.Combine(Folder, $"{PackageId}.{Version}.nupkg");

    /// <summary>Packs a project.</summary>
    /// <param name="projectFile">Path of a project. Its package has the name of the file.</param>
    /// <param name="workFolder">An empty or absent folder for the build output and the package; the project's own output is not touched.</param>
    /// <param name="properties">Global properties of the build.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="InvalidOperationException">Packing failed; the message contains the build's output.</exception>
    public static async Task<PackageFeed> PackAsync(
        string projectFile,
        string workFolder,
        IEnumerable<KeyValuePair<string, string>>? properties = null,
        CancellationToken cancellationToken = default)
    {
        string home = Directory.CreateDirectory(Path.Combine(workFolder, "home")).FullName;
        MachineNuGet.CopyConfigurationTo(home);

        // In parts, because the package does not report a version with a longer number.
        const long Part = 100_000_000;
        long now = DateTime.UtcNow.Ticks;
        string version = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{now / Part / Part}.{now / Part % Part}.{now % Part}");
        var feed = new PackageFeed(Path.Combine(workFolder, "feed"), Path.GetFileNameWithoutExtension(projectFile), version);
        var command = new DotnetCommand(
        [
            "pack",
            Path.GetFullPath(projectFile),
            "-c",
            "Release",
            "-o",
            feed.Folder,
            $"-p:Version={version}",
            "-m:1",
            CompilerServer.Argument,
            // The build of this repository has already run the analyzers.
            "-p:RunAnalyzers=false",
            $"-p:ArtifactsPath={Path.Combine(workFolder, "artifacts")}",
            .. (properties ?? []).Select(property => $"-p:{property.Key}={property.Value}"),
        ])
        {
            Environment = DotnetEnvironment.ForUser(home, MachineNuGet.PackagesFolder).WithoutUnneededWork(),
            WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(projectFile))!,
        };

        (await command.RunAsync(cancellationToken)).EnsureSuccess();
        return File.Exists(feed.PackageFile)
            ? feed
            : throw new InvalidOperationException($"Packing {projectFile} did not write {feed.PackageFile}.");
    }
}
