using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Containers.Telemetry.TestInfrastructure.Publishing.Bands;

namespace Containers.Telemetry.Package.Tests.Bands;

/// <summary>The publishes that every band runs: one of each kind, all of one project.</summary>
internal static class BandScenarios
{
    private const string OtherRuntime = "linux-s390x";

    private const string BothRuntimes = "linux-x64;linux-arm64";
    private const string GoodAndBadRuntime = $"linux-x64;{OtherRuntime}";

    private static readonly ProjectShape Shape = new() { RuntimeIdentifiers = ["linux-x64", "linux-arm64", OtherRuntime] };

    private static readonly ProjectShape ShapeOfEarlyTasks = Shape with { Properties = [new("ContainerCustomTasksAssembly", BandSdk.TaskAssemblyInProject)] };

    /// <summary>Publishes of one image, which every band supports.</summary>
    public static IReadOnlyList<Scenario> OneImage { get; } =
    [
        .. new[]
        {
            CoreScenarios.Success,
            CoreScenarios.Archive,
            CoreScenarios.PushRefused,
            CoreScenarios.BaseImageMissing,
            new Scenario("a base image that the user names")
            {
                Properties = [("ContainerBaseImage", "mcr.microsoft.com/dotnet/runtime:10.0")],
                Events = [ExpectedEvent.Inference(("InferencePerformed", "False")), ExpectedEvent.Success()],
            },
            new Scenario("a daemon")
            {
                Registry = null,
                Properties = [("LocalRegistry", "Docker")],
                Events = [ExpectedEvent.Inference(), ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", "Docker"))],
            },
            new Scenario("a daemon that the SDK finds")
            {
                Registry = null,
                Events = [ExpectedEvent.Inference(), ExpectedEvent.Success(("RemotePushType", null), ("LocalPushType", "Docker"))],
            },
            new Scenario("a tag that is none")
            {
                Properties = [("ContainerImageTag", "not a tag")],
                Succeeds = false,
                Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("invalid_tag", null)],
            },
        }.Select(ForOneRuntime),
        InBand(CoreScenarios.RuntimeMissing),
        OptedOut(ForOneRuntime(CoreScenarios.PushRefused)),
    ];

    /// <summary>Publishes of two images and an index.</summary>
    public static IReadOnlyList<Scenario> SeveralImages { get; } =
    [
        InBand(new Scenario("two images")
        {
            Properties = [("ContainerRuntimeIdentifiers", BothRuntimes)],
            Events = [ExpectedEvent.Inference(("TargetRuntimes", BothRuntimes)), ExpectedEvent.Success()],
        }),
        InBand(new Scenario("two images, one for a runtime that the base image does not have")
        {
            Properties = [("ContainerRuntimeIdentifiers", GoodAndBadRuntime)],
            Succeeds = false,
            Events =
            [
                ExpectedEvent.Inference(("TargetRuntimes", GoodAndBadRuntime)),
                ExpectedEvent.Error("rid_mismatch", "pull", ("target_rid", OtherRuntime), ("available_rids", "linux-x64,linux-arm64")),
            ],
        }),
    ];

    /// <summary>A publish that asks for two images of an SDK that makes one at a time, for the machine's runtime.</summary>
    public static Scenario OneImageOfSeveral { get; } = InBand(new Scenario("two images from an SDK that makes one")
    {
        Properties = [("ContainerRuntimeIdentifiers", BothRuntimes)],
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Success()],
    });

    /// <summary>Sets in the project the properties that some SDKs set before they import a package's props.</summary>
    public static Scenario NameTasksEarly(Scenario scenario) => scenario with { Shape = ShapeOfEarlyTasks };

    private static Scenario ForOneRuntime(Scenario scenario) =>
        InBand(scenario with { Properties = [.. scenario.Properties, ("ContainerRuntimeIdentifier", Scenario.MachineRuntime)] });

    private static Scenario InBand(Scenario scenario) => scenario with
    {
        Shape = Shape,

        // Older SDKs publish a console program only on request.
        Properties = [.. scenario.Properties, ("EnableSdkContainerSupport", "true")],
        HasPrograms = true,
        Arrange = stage =>
        {
            stage.UsePrograms((ContainerCli.Docker, ContainerCliBehavior.Healthy));
            scenario.Arrange(stage);
        },
        SharesProcess = true,
    };

    /// <summary>A scenario whose user has opted out: no event is expected.</summary>
    private static Scenario OptedOut(Scenario scenario) => scenario with
    {
        Name = "opted out",
        Properties = [.. scenario.Properties, ("ContainersTelemetry", "false")],
        Events = [],
    };
}
