using System.Text.Json.Nodes;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.Package.Tests.Sinks;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests;

/// <summary>The tool's preview command, on a project with the package.</summary>
[TestClass]
public sealed class PreviewCommandTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Preview_shows_the_events_of_a_publish_and_publishes_nothing()
    {
        using var user = new UserFolders();
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);

        CommandResult result = await RunAsync(stage, user, CoreScenarios.Success, "--json");

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput + result.StandardError);
        JsonNode preview = JsonNode.Parse(result.StandardOutput)!;
        JsonArray events = preview["events"]!.AsArray();
        CollectionAssert.AreEqual(
            new[] { "sdk/container/inference", "sdk/container/publish/success" },
            events.Select(static one => (string?)one!["Event"]).ToArray());
        Assert.AreEqual("Tarball", (string?)events[1]!["LocalPushType"]);
        Assert.IsNull(preview["failure"]);
        Assert.AreEqual(user.Data, (string?)preview["store"]);
        Assert.IsEmpty(preview["endpoints"]!.AsArray());
        Assert.IsEmpty(UserFolders.Files(user.Data));
        Assert.IsFalse(stage.Registry.Requests.Any(static request => request.Method is "PUT" or "POST" or "PATCH"), "Something was pushed.");
    }

    [TestMethod]
    public async Task Preview_at_a_terminal_says_where_events_would_go()
    {
        using var user = new UserFolders();
        await using ScenarioStage stage = await ScenarioStage.SetAsync(PackageUnderTest.Authority);

        CommandResult result = await RunAsync(stage, user, CoreScenarios.Success, "-p", "ContainersTelemetryEndpoint=http://127.0.0.1:9");

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput + result.StandardError);
        string text = string.Join(' ', result.StandardOutput.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("sdk/container/publish/success", text);
        Assert.Contains(
            $"A publish would store these events in {user.Data} and send them to http://127.0.0.1:9/v1/logs and http://127.0.0.1:9/v1/traces.", text);
        Assert.Contains("Nothing was pushed, stored or sent", text);
    }

    private async Task<CommandResult> RunAsync(ScenarioStage stage, UserFolders user, Scenario scenario, params string[] arguments)
    {
        scenario.Arrange(stage);
        GeneratedProject project = await ScenarioRun.GenerateAsync(scenario.Shape, await PackageUnderTest.Feed);
        PublishRequest request = user.Of(new PublishRequest { Environment = stage.Environment });
        string[] properties = [.. ScenarioRun.PropertiesOf(scenario, stage).SelectMany(static property => new[] { "-p", $"{property.Key}={property.Value}" })];
        return await new DotnetCommand(
            [Path.Combine(AppContext.BaseDirectory, "Containers.Telemetry.Tool.dll"), "preview", project.EntryPoint, .. properties, .. arguments])
        {
            Environment = request.Environment(project.Environment),
            WorkingDirectory = project.Folder,
        }.RunAsync(TestContext.CancellationToken);
    }
}
