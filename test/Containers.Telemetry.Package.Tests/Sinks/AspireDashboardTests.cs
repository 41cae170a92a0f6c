using System.Text.Json.Nodes;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Shows a publish in the Aspire dashboard, with no setting but the endpoint.</summary>
[TestClass]
[NeedsAspireDashboard]
public sealed class AspireDashboardTests
{
    [TestMethod]
    public async Task Publish_is_complete_in_the_dashboard_with_only_the_endpoint_set()
    {
        await using AspireDashboard dashboard = await AspireDashboard.StartAsync();
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishWarmAsync(CoreScenarios.PushRefused, await PackageUnderTest.Feed, request =>
        {
            PublishRequest own = user.Of(request);
            return own with
            {
                Environment = environment => own.Environment(environment).With("OTEL_EXPORTER_OTLP_ENDPOINT", dashboard.Http.AbsoluteUri),
                // A busy machine must not fail the test by the export budget of an interactive build.
                Properties = [.. own.Properties, new("ContainersTelemetryExportBudget", "300000")],
            };
        });

        ScenarioRun.AssertTruth(CoreScenarios.PushRefused, result);
        Assert.IsEmpty(result.Warnings);
        IReadOnlyList<JsonObject> records = await dashboard.GetLogRecordsAsync();
        CollectionAssert.AreEquivalent(
            user.Events.Select(static stored => stored.EventId).ToArray(),
            records.Select(static record => AspireDashboard.Attribute(record, "log.record.uid")).ToArray());
        Assert.ContainsSingle(
            static record =>
                ((string?)record["body"]!["stringValue"])!.StartsWith("container publish failed: credential_failure, push", StringComparison.Ordinal),
            records);
        IReadOnlyList<JsonObject> spans = await dashboard.GetSpansAsync();
        JsonObject span = spans.Single(static span => span["parentSpanId"] is null);
        Assert.AreEqual("credential_failure", AspireDashboard.Attribute(span, "error.type"));
        Assert.IsTrue(records.All(record => (string?)record["traceId"] == (string?)span["traceId"]));
    }
}
