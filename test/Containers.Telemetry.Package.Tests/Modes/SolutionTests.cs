using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>Several projects in one build: each is a publish of its own.</summary>
[TestClass]
public sealed class SolutionTests
{
    private const string Inference = "sdk/container/inference";
    private const string Success = "sdk/container/publish/success";
    private const string Error = "sdk/container/publish/error";

    /// <summary>Three projects. The registry accepts two and refuses one.</summary>
    public static readonly Scenario OneOfThreeIsRefused = new("one of three")
    {
        Shape = new ProjectShape { ProjectCount = 3 },
        Arrange = stage => stage.Registry.Faults.Set("app2", new Fault(FaultDirection.Push, FaultEffect.Status(403))),
        Succeeds = false,
    };

    [TestMethod]
    [DataRow("-m:1")]
    [DataRow("-m:3")]
    public async Task Each_project_has_its_own_inference_and_outcome(string nodes)
    {
        PublishResult result = await ScenarioRun.PublishWarmAsync(OneOfThreeIsRefused with { Arguments = [nodes] }, await PackageUnderTest.Feed);

        Assert.AreNotEqual(0, result.ExitCode, result.StandardOutput);
        CollectionAssert.AreEquivalent(
            new[] { Inference, Inference, Inference, Success, Success, Error },
            result.ContainerEvents.Select(e => e.Name).ToArray());
        RecordedEvent error = result.ContainerEvents.Single(e => e.Name == Error);
        Assert.AreEqual(ExpectedEvent.Error("credential_failure", "push").ToString(), ScenarioRun.Describe(error));
    }

    [TestMethod]
    public async Task Events_of_a_project_are_joined_and_those_of_two_are_not()
    {
        Scenario scenario = OneOfThreeIsRefused with { Arguments = ["-m:3"], Properties = [(PreviewFile.Property, "true")] };

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);

        string[][] ids =
            [.. new[] { "app1", "app2", "app3" }.Select(project => PreviewFile.Read(result, project).Select(e => (string)e["PublishId"]!).ToArray())];
        Assert.IsTrue(ids.All(ofProject => ofProject.Length == 2 && ofProject[0] == ofProject[1]), string.Join(" | ", ids.Select(of => string.Join(' ', of))));
        Assert.HasCount(3, ids.Select(ofProject => ofProject[0]).Distinct());
        Assert.IsTrue(
            new[] { "app1", "app2", "app3" }.All(
                project => PreviewFile.Read(result, project).All(e => e["Invocation"]!.AsArray().Any(way => (string?)way == "Solution"))));
    }
}
