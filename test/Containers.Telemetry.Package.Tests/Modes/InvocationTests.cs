using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Modes;

/// <summary>The package detects how a publish was started, whatever the names of projects and variables.</summary>
[TestClass]
public sealed class InvocationTests
{
    [TestMethod]
    [DataRow(ProjectKind.Console, "PublishContainer", null, "Target", DisplayName = "The target")]
    [DataRow(ProjectKind.Web, "PublishContainer", "FolderProfile", "Target", DisplayName = "The target, beside a profile that publishes to a folder")]
    [DataRow(ProjectKind.Console, "PublishContainer", "DefaultContainer", "Target", DisplayName = "The target, beside a profile that a console program does not have")]
    [DataRow(ProjectKind.Web, null, "DefaultContainer", "DefaultContainerProfile", DisplayName = "The SDK's profile")]
    [DataRow(ProjectKind.Web, null, "DefaultContainer.pubxml", "DefaultContainerProfile", DisplayName = "The SDK's profile by its file name")]
    public async Task Publish_in_a_pipeline_that_has_a_variable_SOLUTIONPATH(ProjectKind kind, string? target, string? profile, string invocation)
    {
        Scenario scenario = CoreScenarios.Success with { Shape = new ProjectShape { Kind = kind }, Target = target };

        PublishResult result = await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, request => request with
        {
            Properties =
            [
                .. request.Properties,
                new(PreviewFile.Property, "true"),
                .. profile is null ? (KeyValuePair<string, string>[])[] : [new("PublishProfile", profile)],
            ],
            Environment = user => request.Environment(user).With("SOLUTIONPATH", "src/all.sln"),
        });

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        CollectionAssert.AreEqual(
            new[] { invocation, invocation },
            PreviewFile.Read(result).Select(e => string.Join(' ', e["Invocation"]!.AsArray().Select(way => (string?)way))).ToArray());
    }
}
