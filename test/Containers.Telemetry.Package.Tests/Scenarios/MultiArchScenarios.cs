using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>Publishes of several images with an index. Each publish has one outcome.</summary>
internal static class MultiArchScenarios
{
    private const string Both = "linux-x64;linux-arm64";
    private const string GoodAndBad = "linux-x64;linux-s390x";
    private const string App = "team/app";

    private static readonly ProjectShape TwoImages = new() { RuntimeIdentifiers = Both.Split(';') };

    private static readonly ExpectedEvent Inferred = ExpectedEvent.Inference(("TargetRuntimes", Both));

    public static IEnumerable<Scenario> All() => [.. ByRuntimes(), .. ByProfile()];

    private static IEnumerable<Scenario> ByRuntimes()
    {
        yield return Several("Two images to a registry", TwoImages) with { Events = [Inferred, ExpectedEvent.Success()] };
        yield return Several("Two images in an archive", TwoImages) with
        {
            Registry = null,
            Properties = [("ContainerArchiveOutputPath", "out/images.tar.gz")],
            Events = [Inferred, ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", "Tarball"))],
        };
        yield return Several("Two images to docker", TwoImages) with
        {
            HasPrograms = true,
            Arrange = stage => stage.UsePrograms((ContainerCli.Docker, ContainerCliBehavior.Healthy)),
            Registry = null,
            Properties = [("LocalRegistry", "Docker")],
            Events = [Inferred, ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", "Docker"))],
        };
        yield return Several("Two images to a docker without the containerd image store", TwoImages) with
        {
            HasPrograms = true,
            Arrange = stage => stage.UsePrograms((ContainerCli.Docker, ContainerCliBehavior.WithoutContainerdImageStore)),
            Registry = null,
            Properties = [("LocalRegistry", "Docker")],
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("local_load", "push", ("RemotePushType", null), ("LocalPushType", "Docker"))],
        };
        yield return Several("Two images to podman, which takes no index", TwoImages) with
        {
            HasPrograms = true,
            Arrange = stage => stage.UsePrograms((ContainerCli.Podman, ContainerCliBehavior.Healthy)),
            Registry = null,
            Properties = [("LocalRegistry", "Podman")],
            Events = [Inferred, ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", "Podman"))],
        };
        yield return Several(
            "Two images, one for a runtime that the base image does not have", new ProjectShape { RuntimeIdentifiers = GoodAndBad.Split(';') }) with
        {
            Succeeds = false,
            Events =
            [
                ExpectedEvent.Inference(("TargetRuntimes", GoodAndBad)),
                ExpectedEvent.Error("rid_mismatch", "pull", ("target_rid", "linux-s390x"), ("available_rids", "linux-x64,linux-arm64")),
            ],
        };
        yield return Several("Two images without a tag of their own", TwoImages) with
        {
            Properties = [("ContainerRepository", App), ("ContainerImageTags", ";")],
            Events = [Inferred, ExpectedEvent.Success()],
        };
        yield return Several("Two images that are both refused", TwoImages) with
        {
            Arrange = stage => stage.Registry.Faults.Set(App, new Fault(FaultDirection.Push, FaultEffect.Status(403))),
            Properties = [("ContainerRepository", App)],
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("credential_failure", "push")],
        };
        yield return Several("Two images that arrive and an index that is refused", TwoImages) with
        {
            Arrange = stage => stage.Registry.Faults.Set(
                App, new Fault(FaultDirection.Push, FaultEffect.Status(500)) { Steps = TransferSteps.Manifest, Reference = "1" }),
            Properties = [("ContainerRepository", App), ("ContainerImageTag", "1")],
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("registry_server_error", "push")],
        };
    }

    /// <summary>
    /// A publish profile is a property of the whole build, so the build of each image publishes itself as a container before the publish calls its
    /// target.
    /// </summary>
    private static IEnumerable<Scenario> ByProfile()
    {
        Scenario web = Several("Two images of a web project by its publish profile", TwoImages) with
        {
            Shape = new ProjectShape { Kind = ProjectKind.Web, RuntimeIdentifiers = Both.Split(';') },
            Properties = [("PublishProfile", "DefaultContainer"), ("ContainerRepository", App)],
            Target = null,
        };
        ExpectedEvent inferred = ExpectedEvent.Inference(
            ("BaseImage", "mcr.microsoft.com/dotnet/aspnet"), ("ProjectType", "AspNetCore"), ("TargetRuntimes", Both));
        yield return web with { Events = [inferred, ExpectedEvent.Success()] };
        yield return web with
        {
            Name = web.Name + ", refused",
            Arrange = stage => stage.Registry.Faults.Set(App, new Fault(FaultDirection.Push, FaultEffect.Status(403))),
            Succeeds = false,
            Events = [inferred, ExpectedEvent.Error("credential_failure", "push")],
        };
    }

    private static Scenario Several(string name, ProjectShape shape) => new(name)
    {
        Shape = shape,
        SharesProcess = true,
    };
}
