using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>The choice of the base image, and the parts of it that events may contain.</summary>
internal static class InferenceScenarios
{
    private const string OtherRuntime = "linux-s390x";

    public static IEnumerable<Scenario> All() =>
        Inferred().Concat(Named()).Concat(RuntimeIdentifiers()).Select(scenario => scenario with { SharesProcess = true });

    private static IEnumerable<Scenario> Inferred()
    {
        yield return Choice("A web project", ProjectKind.Web, [], ("BaseImage", "mcr.microsoft.com/dotnet/aspnet"), ("ProjectType", "AspNetCore"));
        yield return Choice("A worker", ProjectKind.Worker, []);
        yield return Choice(
            "A published ContainerFamily", ProjectKind.Console, [("ContainerFamily", "noble")], ("BaseImageTag", "10.0-noble"), ("ContainerFamily", "noble"));
        yield return Choice(
            "A chiseled ContainerFamily",
            ProjectKind.Console,
            [("ContainerFamily", "noble-chiseled")],
            ("BaseImageTag", "10.0-noble-chiseled-extra"),
            ("ContainerFamily", "noble-chiseled"));
        yield return Choice("Invariant globalization", ProjectKind.Console, [("InvariantGlobalization", "true")], ("IsInvariant", "True"));
        yield return Packaged(
            "Self-contained", "_ContainerIsSelfContained", ("BaseImage", "mcr.microsoft.com/dotnet/runtime-deps"), ("PublishMode", "SelfContained"));
        yield return Packaged("Trimmed", "PublishTrimmed", ("BaseImageTag", "10.0-noble-chiseled-extra"), ("PublishMode", "Trimmed"));
        yield return Packaged("Ahead of time", "PublishAot", ("BaseImageTag", "10.0-noble-chiseled-extra"), ("PublishMode", "Aot"));
        yield return new Scenario("A ContainerFamily that Microsoft does not publish")
        {
            Arrange = stage => BaseImages.Seed(stage.Registry, "dotnet/runtime", "10.0-my-secret", host: "mcr.microsoft.com"),
            Properties = [("ContainerFamily", "my-secret")],
            Events = [ExpectedEvent.Inference(("BaseImageTag", null)), ExpectedEvent.Success()],
        };
        yield return new Scenario("A musl runtime")
        {
            Properties = [("ContainerRuntimeIdentifier", "linux-musl-x64")],
            Events = [ExpectedEvent.Inference(("BaseImageTag", "10.0-alpine"), ("TargetRuntimes", "linux-musl-x64")), ExpectedEvent.Success()],
        };
    }

    private static IEnumerable<Scenario> Named()
    {
        yield return Image("A base image of Microsoft's", "mcr.microsoft.com/dotnet/aspnet:10.0", ("BaseImage", "mcr.microsoft.com/dotnet/aspnet"));
        yield return Image(
            "A tag that no image of Microsoft's has",
            "mcr.microsoft.com/dotnet/aspnet:my-secret",
            ("BaseImage", "mcr.microsoft.com/dotnet/aspnet"),
            ("BaseImageTag", null));
        yield return Image("A base image on MCR that is not on the list", "mcr.microsoft.com/my/secret:10.0", ("BaseImage", null), ("BaseImageTag", null));
        yield return new Scenario("A base image of Microsoft's by its digest")
        {
            Properties = [("ContainerBaseImage", "mcr.microsoft.com/dotnet/runtime@{digest}")],
            Events =
            [
                ExpectedEvent.Inference(("InferencePerformed", "False"), ("BaseImageTag", null)),
                ExpectedEvent.Success(),
            ],
        };
        yield return new Scenario("A base image of somebody else's by its tag and digest")
        {
            Arrange = stage => BaseImages.Seed(stage.Registry, "team/base", "1"),
            Properties = [("ContainerBaseImage", "quay.io/team/base:1")],
            Events = [ExpectedEvent.NoInference(), ExpectedEvent.Success(("RemotePullType", "Other"))],
        };
        yield return new Scenario("A base image without a registry")
        {
            Arrange = stage => BaseImages.Seed(stage.Registry, "library/base", "1"),
            Properties = [("ContainerBaseImage", "base:1")],
            Events = [ExpectedEvent.NoInference(), ExpectedEvent.Success(("RemotePullType", "DockerHub"))],
        };
    }

    private static IEnumerable<Scenario> RuntimeIdentifiers()
    {
        yield return new Scenario("A runtime that the base image does not have")
        {
            Properties = [("ContainerRuntimeIdentifier", OtherRuntime)],
            Succeeds = false,
            Events =
            [
                ExpectedEvent.Inference(("TargetRuntimes", OtherRuntime)),
                ExpectedEvent.Error("rid_mismatch", "pull", ("target_rid", OtherRuntime), ("available_rids", "linux-x64,linux-arm64")),
            ],
        };
        yield return new Scenario("A runtime that nobody knows")
        {
            Properties = [("ContainerRuntimeIdentifier", "secret-os-x64")],
            Succeeds = false,
            Events =
            [
                ExpectedEvent.Inference(("TargetRuntimes", "other")),
                ExpectedEvent.Error("rid_mismatch", "pull", ("target_rid", "other"), ("available_rids", "linux-x64,linux-arm64")),
            ],
        };
        yield return new Scenario("Musl and other runtimes together")
        {
            Properties = [("ContainerRuntimeIdentifiers", "\"linux-musl-x64;linux-x64\"")],
            Succeeds = false,
            Events = [ExpectedEvent.Error("unsupported_runtime_identifiers", null, ("RemotePullType", null))],
        };
    }

    // Not every machine has the packs for other ways of packaging, so a target pretends to the container targets that they were used.
    private static Scenario Packaged(string name, string property, params (string Key, string? Value)[] changes) => new(name)
    {
        Shape = new ProjectShape
        {
            Content = """
                  <Target Name="PackageOtherwise" BeforeTargets="ComputeContainerBaseImage">
                    <PropertyGroup>
                      <_ContainerIsSelfContained Condition="'$(PackagedAs)' == '_ContainerIsSelfContained'">true</_ContainerIsSelfContained>
                      <PublishTrimmed Condition="'$(PackagedAs)' == 'PublishTrimmed'">true</PublishTrimmed>
                      <PublishAot Condition="'$(PackagedAs)' == 'PublishAot'">true</PublishAot>
                    </PropertyGroup>
                  </Target>
                """,
        },
        Properties = [("PackagedAs", property)],
        Events = [ExpectedEvent.Inference(changes), ExpectedEvent.Success()],
    };

    private static Scenario Choice(
        string name, ProjectKind kind, (string Name, string Value)[] properties, params (string Key, string? Value)[] changes) => new(name)
        {
            Shape = new ProjectShape { Kind = kind },
            Properties = properties,
            Events = [ExpectedEvent.Inference(changes), ExpectedEvent.Success()],
        };

    private static Scenario Image(string name, string image, params (string Key, string? Value)[] changes) => new(name)
    {
        Arrange = stage =>
        {
            BaseImages.Seed(stage.Registry, "dotnet/aspnet", "my-secret", host: "mcr.microsoft.com");
            BaseImages.Seed(stage.Registry, "my/secret", "10.0", host: "mcr.microsoft.com");
        },
        Properties = [("ContainerBaseImage", image)],
        Events = [ExpectedEvent.Inference([("InferencePerformed", "False"), .. changes]), ExpectedEvent.Success()],
    };
}
