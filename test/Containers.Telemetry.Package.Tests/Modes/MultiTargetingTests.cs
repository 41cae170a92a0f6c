using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>Projects for several target frameworks.</summary>
[TestClass]
public sealed class MultiTargetingTests
{
    /// <summary>The reference assemblies of both are at hand wherever this repository builds.</summary>
    public static readonly string[] TargetFrameworks = ["net10.0", "net8.0"];

    private static readonly Scenario AllFrameworks = CoreScenarios.Success with
    {
        Shape = new ProjectShape { TargetFrameworks = TargetFrameworks },
        Arguments = ["-m:1"],
    };

    [TestMethod]
    public async Task Publish_of_all_frameworks_at_once_is_that_of_the_SDK()
    {
        PublishResult with = await ScenarioRun.PublishAsync(AllFrameworks, await PackageUnderTest.Feed);
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(AllFrameworks);

        System.Console.WriteLine(with.StandardOutput);
        System.Console.WriteLine(string.Join("\n", with.ContainerEvents.Select(ScenarioRun.Describe)));
        ScenarioRun.AssertSamePublish(without, with);
    }
}
