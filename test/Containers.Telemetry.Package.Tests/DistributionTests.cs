using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>Publishes to CNCF Distribution, a registry that others wrote, if one runs.</summary>
[TestClass]
public sealed class DistributionTests
{
    [TestMethod]
    [NeedsDistributionRegistry]
    public async Task Image_that_was_pushed_there_can_be_the_base_of_the_next()
    {
        string registry = NeedsDistributionRegistryAttribute.Authority!;
        var first = new Scenario("Push to Distribution")
        {
            Registry = registry,
            Properties = [("ContainerRepository", "team/base"), ("ContainerImageTag", "1")],
        };
        var second = new Scenario("Pull from Distribution and push to it")
        {
            Registry = registry,
            Properties = [("ContainerRepository", "team/app"), ("ContainerBaseImage", $"{registry}/team/base:1")],
        };

        PublishResult pushed = await ScenarioRun.PublishWarmAsync(first, await PackageUnderTest.Feed);
        PublishResult reused = await ScenarioRun.PublishWarmAsync(second, await PackageUnderTest.Feed);

        AssertEvents(pushed, ExpectedEvent.Inference(), ExpectedEvent.Success());
        AssertEvents(reused, ExpectedEvent.NoInference(), ExpectedEvent.Success(("RemotePullType", "Other")));
    }

    [TestMethod]
    [NeedsDistributionRegistry]
    public async Task Repository_that_is_not_there_is_unknown()
    {
        string registry = NeedsDistributionRegistryAttribute.Authority!;
        var scenario = new Scenario("Pull what Distribution does not have")
        {
            Registry = registry,
            Properties = [("ContainerBaseImage", $"{registry}/team/nothing:1")],
        };

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed);

        AssertEvents(result, ExpectedEvent.NoInference(), ExpectedEvent.Error("unknown_repository", "pull", ("RemotePullType", "Other")));
    }

    private static void AssertEvents(PublishResult result, params ExpectedEvent[] events) => CollectionAssert.AreEqual(
        events.Select(e => e.ToString()).ToList(),
        result.ContainerEvents.Select(ScenarioRun.Describe).ToList(),
        result.StandardOutput);
}
