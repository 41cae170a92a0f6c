using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Presses Ctrl+C while a publish waits for an endpoint that does not answer, with a budget longer than any test.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Ctrl+C cannot be sent to one process tree on Windows.")]
public sealed class InterruptedExportTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string LongestBudget = "600000";

    private static readonly Scenario SettingRefused = new("a setting that the first tasks refuse")
    {
        Properties = [("ContainerRepository", "team/app"), ("ContainerImageTag", "not a tag")],
        Succeeds = false,
        Events = [ExpectedEvent.Inference(), ExpectedEvent.Error("invalid_tag", null)],
    };

    private static readonly Scenario TwoImages = new("two images")
    {
        Shape = new ProjectShape { RuntimeIdentifiers = ["linux-x64", "linux-arm64"] },
        Arguments = ["-m:1"],
        Properties = [("ContainerRepository", "team/app")],
        Events = [ExpectedEvent.Inference(("TargetRuntimes", "linux-x64;linux-arm64")), ExpectedEvent.Success()],
    };

    public static IEnumerable<Scenario[]> Scenarios => [[CoreScenarios.Success], [CoreScenarios.PushRefused], [SettingRefused], [TwoImages]];

    [TestMethod]
    [DynamicData(nameof(Scenarios))]
    public async Task Ctrl_C_ends_the_wait_and_does_not_change_the_outcome(Scenario scenario)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        receiver.Otherwise = ReceiverBehavior.Hang;

        // If Ctrl+C does not end the wait, the time limit kills this publish, and the test fails.
        PublishResult result = await PublishAsync(scenario, user, receiver, RequestOf(receiver));

        // MSBuild counts a canceled build as failed, whatever the outcome of the publish was.
        ScenarioRun.AssertTruth(scenario with { Succeeds = false }, result);
        string[] waiting = [.. user.Events.Select(e => e.EventId!)];

        receiver.Otherwise = ReceiverBehavior.Accept;
        await PublishAsync(CoreScenarios.Success, user, receiver, interrupt: null);

        string[] delivered =
            [.. receiver.Requests.Where(r => r.IsAccepted && r.Path == "/v1/logs").SelectMany(r => OtlpJsonRecord.Read(r.Text)).Select(e => e.EventId!)];
        CollectionAssert.IsSubsetOf(waiting, delivered, "The next publish must send the pending events.");
    }

    private static async Task<PublishResult> PublishAsync(Scenario scenario, UserFolders user, OtlpReceiver receiver, Task? interrupt) =>
        await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, request =>
        {
            PublishRequest own = user.Of(request);
            return own with
            {
                Properties = [.. own.Properties, new("ContainersTelemetryExportBudget", LongestBudget)],
                Environment =
                    environment => own.Environment(environment).With(Endpoint, receiver.Address.AbsoluteUri).With("OTEL_EXPORTER_OTLP_TIMEOUT", LongestBudget),
                Interrupt = interrupt,
            };
        });

    private static async Task RequestOf(OtlpReceiver receiver)
    {
        while (receiver.RequestCount == 0)
        {
            await Task.Delay(20);
        }
    }
}
