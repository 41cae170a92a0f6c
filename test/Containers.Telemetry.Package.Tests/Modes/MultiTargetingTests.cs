using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>Projects for several target frameworks.</summary>
[TestClass]
public sealed class MultiTargetingTests
{
    /// <summary>This repository's build needs the reference assemblies of both frameworks, so they are on every machine.</summary>
    public static readonly string[] TargetFrameworks = ["net10.0", "net8.0"];

    private static readonly Scenario AllFrameworks = CoreScenarios.Success with
    {
        Shape = new ProjectShape { TargetFrameworks = TargetFrameworks },
        Arguments = ["-m:1"],
    };

    /// <summary>The CLI refuses such a publish. The SDK skips the target without a message.</summary>
    [TestMethod]
    [DataRow(PublishVerb.Publish, "NETSDK1129")]
    [DataRow(PublishVerb.MSBuild, null)]
    public async Task Publish_of_all_frameworks_at_once_is_the_same_without_the_package(PublishVerb verb, string? code)
    {
        Func<PublishRequest, PublishRequest> change = request => request with { Verb = verb };

        PublishResult with = await ScenarioRun.PublishWarmAsync(AllFrameworks, await PackageUnderTest.Feed, change);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(AllFrameworks, change);

        Assert.AreEqual(code, with.Errors.SingleOrDefault()?.Code);
        Assert.IsEmpty(with.ContainerEvents);
        ScenarioRun.AssertSamePublish(without, with);
    }
}
