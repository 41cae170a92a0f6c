using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>Shared by all package tests: the package, packed once from this source, and projects that reference it.</summary>
[TestClass]
public static class PackageUnderTest
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly string FolderWithoutPackages = Directory.CreateDirectory(Folder.Combine("no-packages")).FullName + Path.DirectorySeparatorChar;
    private static readonly PublishWorkspace Projects = new();
    private static readonly Lazy<Task<PackageFeed>> LazyFeed = new(() => Projects.PackAsync(Repository.PackageProject));
    private static readonly Lazy<Task<PackageFeed>> LazyFaultyFeed =
        new(() => Projects.PackAsync(Repository.PackageProject, [KeyValuePair.Create("ContainersTelemetryFaultInjection", "true")]));

    public static PublishWorkspace Workspace => Projects;

    /// <summary>
    /// The machine's PATH, with a docker before it whose daemon is down. Each publish asks docker, and the machine's program would take a twentieth of a
    /// second of CPU time and answer differently on other machines.
    /// </summary>
    public static string PathOfPrograms { get; } = PathWithDocker();

    /// <summary>The certificate authority that all publishes of this test run trust.</summary>
    public static TestCertificateAuthority Authority { get; } = TestCertificateAuthority.Create(Folder.Path);

    public static Task<PackageFeed> Feed => LazyFeed.Value;

    /// <summary>The package, built with fault injection.</summary>
    public static Task<PackageFeed> FaultyFeed => LazyFaultyFeed.Value;

    /// <summary>
    /// Replaces the packages folder by an empty one. A project that was restored with the package then has no reference to it and imports nothing of
    /// it, and is otherwise unchanged.
    /// </summary>
    public static DotnetEnvironment WithoutPackage(DotnetEnvironment user) => user.With(PropertyWithoutPackage.Key, PropertyWithoutPackage.Value);

    /// <summary>The same as a global property, for one publish of a process.</summary>
    public static KeyValuePair<string, string> PropertyWithoutPackage { get; } = new("NuGetPackageRoot", FolderWithoutPackages);

    private static string PathWithDocker()
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (OperatingSystem.IsWindows())
        {
            return path;
        }

        string folder = Directory.CreateDirectory(Folder.Combine("programs")).FullName;
        FakeContainerCli.Write(folder, ContainerCli.Docker, ContainerCliBehavior.DaemonDown);
        return folder + Path.PathSeparator + path;
    }

    [AssemblyCleanup]
    public static async Task CleanAsync()
    {
        await WarmStage.EndAsync();
        Authority.Dispose();
        await Projects.DisposeAsync();
        Folder.Dispose();
    }
}
