using System.Text;
using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Harness;

[TestClass]
public sealed class GeneratedProjectTests
{
    private const string Refused = "localhost:9";
    private const string BaseRepository = "dotnet/runtime";
    private const string BaseTag = "10.0";

    private static readonly PublishWorkspace Workspace = new();
    private static PackageFeed _feed = null!;

    public required TestContext TestContext { get; init; }

    [ClassInitialize]
    public static async Task PackStub(TestContext context)
    {
        using var folder = new TemporaryFolder();
        string project = folder.Combine("Stub.csproj");
        await File.WriteAllTextAsync(
            project,
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <IncludeBuildOutput>false</IncludeBuildOutput>
                <NoWarn>$(NoWarn);NU5128</NoWarn>
                <UseArtifactsOutput>true</UseArtifactsOutput>
              </PropertyGroup>
              <ItemGroup>
                <None Include="Stub.targets" Pack="true" PackagePath="buildTransitive/Stub.targets" />
              </ItemGroup>
            </Project>
            """,
            context.CancellationToken);
        await File.WriteAllTextAsync(
            folder.Combine("Stub.targets"),
            """
            <Project>
              <Target Name="_ContainersTelemetryStub" BeforeTargets="PublishContainer">
                <Message Text="Hidden, since it is logged within a target of the package" Importance="high" />
                <Telemetry EventName="sdk/container/stub" EventData="a=b" />
              </Target>
              <Target Name="Planted" BeforeTargets="PublishContainer" Condition="'$(Plant)' == 'true'">
                <Message Text="A planted difference" Importance="high" />
              </Target>
            </Project>
            """,
            context.CancellationToken);
        _feed = await Workspace.PackAsync(project, cancellationToken: context.CancellationToken);
    }

    [ClassCleanup]
    public static Task DeleteWorkspaceAsync() => Workspace.DisposeAsync().AsTask();

    [TestMethod]
    public async Task A_package_that_changes_nothing_outside_its_own_targets_makes_no_difference()
    {
        var without = await (await Workspace.GenerateAsync(Shape()))
            .PublishAsync(new() { Environment = PackageUnderTest.WithoutPackage }, TestContext.CancellationToken);
        var with = await PublishAsync(await Workspace.GenerateAsync(Shape()));

        var differences = LogComparison.Compare(without, with);

        Assert.AreEqual("", string.Join('\n', differences));
        Assert.AreNotEqual(0, with.Errors.Count());
        Assert.HasCount(1, with.ContainerEvents.Where(IsStub));
        Assert.IsEmpty(without.ContainerEvents.Where(IsStub));
    }

    [TestMethod]
    public async Task A_planted_message_is_a_difference()
    {
        var without = await PublishAsync(await Workspace.GenerateAsync(Shape()));
        var with = await PublishAsync(await Workspace.GenerateAsync(Shape()), arguments: "-p:Plant=true");

        var differences = LogComparison.Compare(without, with);

        Assert.AreEqual("+ High Message  A planted difference", string.Join('\n', differences));
        Assert.IsEmpty(LogComparison.Compare(without, with, e => e.Text is "A planted difference"));
    }

    [TestMethod]
    public async Task The_outputs_of_a_publish_name_the_pushed_images()
    {
        await using var registry = await OciRegistry.StartAsync(TestContext.CancellationToken);
        BaseImages.Seed(registry, BaseRepository, BaseTag);
        var project = await Workspace.GenerateAsync(new());

        var result = await PublishAsync(project, arguments: ToRegistry(registry));

        var outputs = result.Outputs.Single();
        Assert.IsTrue(registry.TryGetManifest("app", "latest", out var manifest));
        Assert.AreEqual("app.net10.0", outputs.Project);
        Assert.AreEqual(manifest.Digest, outputs.Properties["GeneratedContainerDigest"]);
        Assert.AreEqual(manifest.Digest, outputs.Containers.Single()["ManifestDigest"]);
        Assert.AreEqual(Encoding.UTF8.GetString(manifest.Content.Span), outputs.Properties["GeneratedContainerManifest"]);
        Assert.EndsWith(":app:latest", outputs.Names.Single());
    }

    [TestMethod]
    public async Task A_publish_for_several_runtimes_builds_nothing_and_its_outputs_hold_an_index_and_each_image()
    {
        await using var registry = await OciRegistry.StartAsync(TestContext.CancellationToken);
        BaseImages.Seed(registry, BaseRepository, BaseTag);
        var project = await Workspace.GenerateAsync(new() { RuntimeIdentifiers = ["linux-x64", "linux-arm64"] });

        var result = await PublishAsync(project, arguments: ["-m:1", .. ToRegistry(registry)]);

        var outputs = result.Outputs.Single();
        Assert.DoesNotContain("Csc", result.Tasks.Select(task => task.Name));
        Assert.HasCount(2, outputs.Containers);
        foreach (var container in outputs.Containers)
        {
            Assert.Contains(container["ManifestDigest"], outputs.Properties["GeneratedImageIndex"]);
        }
    }

    private static bool IsStub(RecordedEvent e) => e.Name == "sdk/container/stub";

    private static string[] ToRegistry(OciRegistry registry) =>
    [
        $"-p:ContainerBaseImage={registry.Authority}/{BaseRepository}:{BaseTag}",
        $"-p:ContainerRegistry={registry.Authority}",
    ];

    private static ProjectShape Shape() => new()
    {
        Package = PackageStyle.Direct,
        Feed = _feed,
        // The SDK lists the dependencies again if the package is left out of the publish.
        Content = "<ItemGroup><PackageReference Update=\"Stub\" Publish=\"true\" /></ItemGroup>",
        Properties = [new("ContainerBaseImage", $"{Refused}/dotnet/runtime:10.0"), new("ContainerRegistry", Refused)],
    };

    private Task<PublishResult> PublishAsync(GeneratedProject project, string target = "PublishContainer", params string[] arguments) =>
        project.PublishAsync(new() { Target = target, Arguments = arguments }, TestContext.CancellationToken);
}
