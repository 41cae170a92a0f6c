using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Bands;

/// <summary>What is published with the SDK of each band: one publish of each kind, all of one project.</summary>
internal static class BandScenarios
{
    private const string OtherRuntime = "linux-s390x";

    private const string BothRuntimes = "linux-x64;linux-arm64";
    private const string GoodAndBadRuntime = $"linux-x64;{OtherRuntime}";

    private static readonly ProjectShape Shape = new() { RuntimeIdentifiers = ["linux-x64", "linux-arm64", OtherRuntime] };

    /// <summary>Publishes of one image, which every band can make.</summary>
    public static IReadOnlyList<Scenario> OneImage { get; } =
    [
        .. new[]
        {
            CoreScenarios.Success,
            CoreScenarios.Archive,
            CoreScenarios.PushRefused,
            CoreScenarios.BaseImageMissing,
            new Scenario("a daemon")
            {
                Registry = null,
                Properties = [("LocalRegistry", "Docker")],
                Events = [ExpectedEvent.Inference(), ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", "Docker"))],
            },
            new Scenario("a tag that is none")
            {
                Properties = [("ContainerImageTag", "not a tag")],
                Succeeds = false,
                Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("invalid_tag", null)],
            },
        }.Select(ForOneRuntime),
        CoreScenarios.RuntimeMissing with { Shape = Shape },
        OptedOut(ForOneRuntime(CoreScenarios.PushRefused)),
    ];

    /// <summary>Publishes of two images and an index.</summary>
    public static IReadOnlyList<Scenario> SeveralImages { get; } =
    [
        new Scenario("two images")
        {
            Shape = Shape,
            Properties = [("ContainerRuntimeIdentifiers", BothRuntimes)],
            Events = [ExpectedEvent.Inference(("TargetRuntimes", BothRuntimes)), ExpectedEvent.Success()],
        },
        new Scenario("two images, one for a runtime that the base image does not have")
        {
            Shape = Shape,
            Properties = [("ContainerRuntimeIdentifiers", GoodAndBadRuntime)],
            Succeeds = false,
            Events =
            [
                ExpectedEvent.Inference(("TargetRuntimes", GoodAndBadRuntime)),
                ExpectedEvent.Error("rid_mismatch", "pull", ("target_rid", OtherRuntime), ("available_rids", "linux-x64,linux-arm64")),
            ],
        },
    ];

    private static Scenario ForOneRuntime(Scenario scenario) => scenario with
    {
        Shape = Shape,
        Properties = [.. scenario.Properties, ("ContainerRuntimeIdentifier", Scenario.MachineRuntime)],
    };

    /// <summary>A scenario whose user has said no, and expects nothing.</summary>
    private static Scenario OptedOut(Scenario scenario) => scenario with
    {
        Name = "opted out",
        Properties = [.. scenario.Properties, ("ContainersTelemetry", "false")],
        Events = [],
    };
}
