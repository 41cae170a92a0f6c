using Containers.Telemetry.TestInfrastructure;

namespace Containers.Telemetry.Package.Tests.Scenarios;

/// <summary>One publish of each kind, for tests of changes that must not affect any of them.</summary>
internal static class CoreScenarios
{
    /// <summary>The warm servers that have loaded none of the package's assemblies. Only publishes that must load none use them.</summary>
    public const string ServersWithoutPackage = "without the package";

    private const string App = "team/app";
    private const string OtherRuntime = "linux-s390x";

    public static readonly Scenario Success = new("a success")
    {
        Properties = [("ContainerRepository", App)],
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Success()],
    };

    public static readonly Scenario PushRefused = new("a refused push")
    {
        Arrange = stage => stage.Registry.Faults.Set(App, new Fault(FaultDirection.Push, FaultEffect.Status(403))),
        Properties = [("ContainerRepository", App)],
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("credential_failure", "push")],
    };

    public static readonly Scenario BaseImageMissing = new("a missing base image")
    {
        Arrange = stage => stage.Registry.Faults.Set(
            "dotnet/runtime", new Fault(FaultDirection.Pull, FaultEffect.Status(404)) { Steps = TransferSteps.Manifest }),
        Properties = [("ContainerRepository", App)],
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("unknown_repository", "pull")],
    };

    public static readonly Scenario Archive = new("an archive")
    {
        Registry = null,
        Properties = [("ContainerArchiveOutputPath", "out/image.tar.gz")],
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", "Tarball"))],
    };

    public static readonly Scenario RuntimeMissing = new("a runtime that the base image does not have")
    {
        Properties = [("ContainerRuntimeIdentifier", OtherRuntime)],
        Succeeds = false,
        Events =
        [
            ExpectedEvent.Inference(("TargetRuntimes", OtherRuntime)),
            ExpectedEvent.Error("rid_mismatch", "pull", ("target_rid", OtherRuntime), ("available_rids", "linux-x64,linux-arm64")),
        ],
    };
}
