using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Named pipes in place of files. Nobody else opens them, so the product hangs if it opens one like a file.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Windows has no named pipes in folders.")]
public sealed class PipesInTheStoreTests
{
    private static readonly string[] LockOfTheStore = ["data/containers-telemetry/events/lock"];

    private static readonly string[] AllOthersOfTheUser =
    [
        "config/containers-telemetry/identity",
        "config/containers-telemetry/consent-enabled",
        "config/containers-telemetry/notice",
        "ca.pem",
    ];

    public static IEnumerable<string[][]> Files => [[LockOfTheStore], [AllOthersOfTheUser]];

    [TestMethod]
    [DynamicData(nameof(Files))]
    public async Task Pipes_in_place_of_a_users_files_do_not_change_the_publish(string[] files)
    {
        using var user = new UserFolders();
        foreach (string file in files)
        {
            NamedPipe.Create(Path.Combine(user.Root, file));
        }

        PublishResult result = await ScenarioRun.PublishWarmAsync(CoreScenarios.PushRefused, await PackageUnderTest.Feed, request =>
        {
            PublishRequest own = user.Of(request);
            return own with
            {
                Environment = environment => own.Environment(environment)
                    .With("OTEL_EXPORTER_OTLP_ENDPOINT", "https://127.0.0.1:9")
                    .With("OTEL_EXPORTER_OTLP_CERTIFICATE", Path.Combine(user.Root, "ca.pem")),
            };
        });

        ScenarioRun.AssertTruth(CoreScenarios.PushRefused, result);
        Assert.HasCount(files == LockOfTheStore ? 0 : 2, user.Events);
    }

    [TestMethod]
    public async Task Pipes_in_place_of_a_projects_files_do_not_change_the_publish()
    {
        Scenario scenario = new("two images")
        {
            Shape = new ProjectShape
            {
                RuntimeIdentifiers = ["linux-x64", "linux-arm64"],

                // The builds of the images look for the id of their publish here.
                Content = """
                    <Target Name="PlantPipes" BeforeTargets="_ContainersTelemetryBegin" Condition="'$(_IsMultiRIDBuild)' != 'false'">
                      <MakeDir Directories="$(MSBuildProjectExtensionsPath)containers-telemetry/$(MSBuildProjectName)/$(TargetFramework)" />
                      <Exec Command="mkfifo $(MSBuildProjectExtensionsPath)containers-telemetry/$(MSBuildProjectName)/$(TargetFramework)/publish-id $(MSBuildProjectDirectory)/.git" StandardOutputImportance="low" />
                    </Target>
                    """,
            },
            Properties = [("ContainerRepository", "team/app")],
            Arguments = ["-m:1"],
            Events = [ExpectedEvent.Inference(("TargetRuntimes", "linux-x64;linux-arm64")), ExpectedEvent.Success()],
        };

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);

        ScenarioRun.AssertTruth(scenario, result);
    }
}
