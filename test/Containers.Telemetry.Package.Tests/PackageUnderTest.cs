using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>What all package tests share: the package as this source makes it, packed once, and projects that have it.</summary>
[TestClass]
public static class PackageUnderTest
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly string FolderWithoutPackages = Directory.CreateDirectory(Folder.Combine("no-packages")).FullName + Path.DirectorySeparatorChar;
    private static readonly PublishWorkspace Projects = new();
    private static readonly Lazy<Task<PackageFeed>> LazyFeed = new(() => Projects.PackAsync(Repository.PackageProject));
    private static readonly Lazy<Task<PackageFeed>> LazyFaultyFeed =
        new(() => Projects.PackAsync(Repository.PackageProject, [KeyValuePair.Create("ContainersTelemetryFaultInjection", "true")]));

    /// <summary>The projects of this test run.</summary>
    public static PublishWorkspace Workspace => Projects;

    /// <summary>Whom all publishes of this test run trust.</summary>
    public static TestCertificateAuthority Authority { get; } = TestCertificateAuthority.Create(Folder.Path);

    /// <summary>The package.</summary>
    public static Task<PackageFeed> Feed => LazyFeed.Value;

    /// <summary>The package built so that it breaks where a test asks it to.</summary>
    public static Task<PackageFeed> FaultyFeed => LazyFaultyFeed.Value;

    /// <summary>
    /// Names a packages folder with nothing in it. A project that is published with it in place of the one it was restored to imports nothing
    /// of its package, and is the same in every other way.
    /// </summary>
    public static DotnetEnvironment WithoutPackage(DotnetEnvironment user) => user.With("NuGetPackageRoot", FolderWithoutPackages);

    [AssemblyCleanup]
    public static async Task CleanAsync()
    {
        await WarmStage.EndAsync();
        Authority.Dispose();
        await Projects.DisposeAsync();
        Folder.Dispose();
    }
}
