using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>Several processes make the images of one publish at the same time. They share only a folder.</summary>
[TestClass]
public sealed class ParallelImagesTests
{
    private const string Both = "linux-x64;linux-arm64";
    private const string App = "team/app";

    private static readonly ExpectedEvent Inferred = ExpectedEvent.Inference(("TargetRuntimes", Both));

    private static readonly Dictionary<string, Scenario> Scenarios = new[]
    {
        Several("both arrive") with { Events = [Inferred, ExpectedEvent.Success()] },
        Several("both are refused") with
        {
            Arrange = stage => stage.Registry.Faults.Set(App, new Fault(FaultDirection.Push, FaultEffect.Status(403))),
            Succeeds = false,
            Events = [Inferred, ExpectedEvent.Error("credential_failure", "push")],
        },
    }.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    public static IEnumerable<object[]> Names => Scenarios.Keys.Select(name => new object[] { name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task One_publish_has_one_outcome(string name)
    {
        Scenario scenario = Scenarios[name];

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);

        ScenarioRun.AssertTruth(scenario, result);
    }

    [TestMethod]
    [DataRow("-m:2")]
    [DataRow("-mt")]
    public async Task Preview_shows_each_image_and_the_index_of_one_publish(string way)
    {
        Scenario scenario = Several("preview") with { Arguments = [way], Properties = [("ContainerRepository", App), (PreviewFile.Property, "true")] };

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);

        var events = PreviewFile.Read(result);
        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.IsEmpty(result.ContainerEvents);
        CollectionAssert.AreEqual(new[] { null, "image", "image", "index" }, events.Select(e => (string?)e["Scope"]).ToArray(), result.StandardOutput);
        CollectionAssert.AreEquivalent(Both.Split(';'), events.Select(e => (string?)e["ImageRuntime"]).Where(rid => rid is not null).ToArray());
        Assert.HasCount(1, events.Select(e => (string?)e["PublishId"]).Distinct());
        Assert.HasCount(4, events.Select(e => (string?)e["EventId"]).Distinct());
    }

    private static Scenario Several(string name) => new(name)
    {
        Shape = new ProjectShape { RuntimeIdentifiers = Both.Split(';') },
        Arguments = ["-m:2"],
        Properties = [("ContainerRepository", App)],
    };
}
