using Containers.Telemetry.EventRecorder;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Events that the targets of another package log about a publish.</summary>
[TestClass]
public sealed class UsageTaskTests
{
    private const string Usage = "containers_telemetry.usage";
    private const string Error = "containers_telemetry.usage_error";
    private const string Target = "ScanImage";

    /// <summary>The declaration of a target in another package, as README.md documents it.</summary>
    private const string Attributes =
        """AfterTargets="PublishContainer" DependsOnTargets="ContainersTelemetryInitialize" Condition="'$(ContainersTelemetryEnabled)' == 'true'" """;

    private static readonly Scenario Logging = CoreScenarios.Success with
    {
        Shape = Shape(
            Attributes,
            """
            <LogContainerTelemetry Duration="1500" Dimensions="@(ScanDimension)" />
            <LogContainerTelemetry Kind="Error" Error="timeout" HttpStatus="504" ExitCode="3" />
            """),
    };

    private static readonly Scenario Mistaken = CoreScenarios.Success with
    {
        Shape = Shape(
            Attributes,
            """
            <LogContainerTelemetry Outcome="zqwordzq" HttpStatus="zqwordzq" Duration="1500" Dimensions="@(ScanDimension);@(BadDimension)" />
            <LogContainerTelemetry Kind="Error" Error="zqwordzq" />
            """),
    };

    [TestMethod]
    [DataRow("")]
    [DataRow("-mt")]
    public async Task Events_of_another_package_are_stored_and_sent_with_their_publish(string arguments)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(
            Logging with { Arguments = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
            user,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address.AbsoluteUri));

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        IReadOnlyList<OtlpJsonRecord> events = user.Events;
        CollectionAssert.AreEqual(
            new[] { "sdk/container/inference", "sdk/container/publish/success", Usage, Error + " timeout" },
            events.Select(e => e.Outcome).ToArray(),
            result.StandardOutput);
        Assert.HasCount(1, events.Select(e => e.PublishId).Distinct());
        Assert.HasCount(1, events.Select(e => (string?)e.Json["traceId"]).Distinct());
        Assert.HasCount(4, events.Select(e => e.EventId).Distinct());
        AssertAttributes(
            events[2],
            ("cicd.pipeline.task.run.result", "success"),
            ("containers_telemetry.duration_ms", "1500"),
            ("containers_telemetry.dimension.step", "scan"),
            ("containers_telemetry.dimension.team", "payments"));
        AssertAttributes(
            events[3],
            ("cicd.pipeline.task.run.result", "failure"),
            ("http.response.status_code", "504"),
            ("process.exit.code", "3"),
            ("containers_telemetry.dimension.team", "payments"));
        Assert.AreEqual("INFO", (string?)events[2].Json["severityText"]);
        Assert.AreEqual("ERROR", (string?)events[3].Json["severityText"]);

        OtlpJsonRecord[] sent = [.. receiver.Requests.Where(request => request.Path == "/v1/logs").SelectMany(request => OtlpJsonRecord.Read(request.Text))];
        CollectionAssert.AreEqual(events.Select(e => e.EventId).ToArray(), sent.Select(e => e.EventId).ToArray());
        Assert.HasCount(
            1,
            receiver.Requests.Where(request => request.Path == "/v1/traces")
                .SelectMany(request => OtlpJsonRecord.Read(request.Text))
                .Where(span => (string?)span.Json["name"] == "container publish"));
    }

    [TestMethod]
    public async Task Events_of_another_package_are_not_in_the_SDKs_telemetry()
    {
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(Logging, user);

        ScenarioRun.AssertTruth(Logging, result);
        Assert.IsFalse(result.Telemetry.Any(e => e.Name!.StartsWith("containers-telemetry", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-warnaserror")]
    public async Task Call_with_mistakes_is_one_warning_and_the_rest_is_logged(string arguments)
    {
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(Mistaken with { Arguments = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries) }, user);

        ScenarioRun.AssertTruth(Mistaken, result);
        RecordedEvent[] warnings = [.. result.Warnings.Where(warning => warning.Code == "CTEL0015")];
        Assert.HasCount(2, warnings, string.Join('\n', result.Warnings.Select(warning => warning.Text)));
        foreach (string named in new[] { "Outcome", "HttpStatus", "2 of 3 Dimensions" })
        {
            Assert.Contains(named, warnings[0].Text!);
        }

        Assert.Contains("Error", warnings[1].Text!);
        Assert.IsFalse(warnings.Any(warning => warning.Text!.Contains("zqwordzq", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(new[] { Usage, Error + " unknown" }, user.Events.Skip(2).Select(e => e.Outcome).ToArray());
        AssertAttributes(
            user.Events[2],
            ("cicd.pipeline.task.run.result", "success"),
            ("containers_telemetry.duration_ms", "1500"),
            ("containers_telemetry.dimension.step", "scan"),
            ("containers_telemetry.dimension.team", "payments"));
        Assert.IsFalse(user.Events[2].Attributes.ContainsKey("http.response.status_code"));
    }

    [TestMethod]
    public async Task Telemetry_that_is_off_runs_no_target_and_loads_nothing()
    {
        using var user = new UserFolders();

        PublishResult result = await ScenarioRun.PublishWarmAsync(
            Logging with { Servers = CoreScenarios.ServersWithoutPackage },
            await PackageUnderTest.Feed,
            request => Of(user, request, ("CONTAINERS_TELEMETRY_OPTOUT", "1")));

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        Assert.IsFalse(result.Events.Any(e => e.Kind is RecordedKind.TargetStarted && e.Name == Target));
        Assert.IsFalse(result.Assemblies.Any(assembly => assembly.Contains("Containers.Telemetry.dll", StringComparison.OrdinalIgnoreCase)));
        Assert.IsEmpty(UserFolders.Files(user.Data));
        Assert.IsEmpty(UserFolders.Files(user.Configuration));
    }

    [TestMethod]
    public async Task Call_without_the_initialization_logs_one_message_of_low_importance()
    {
        using var user = new UserFolders();
        Scenario scenario = CoreScenarios.Success with { Shape = Shape("", "<LogContainerTelemetry />"), Target = Target };

        PublishResult result = await PublishAsync(scenario, user);

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        RecordedEvent[] messages = [.. result.Events.Where(e => e.Sender == "Containers.Telemetry")];
        Assert.HasCount(1, messages, string.Join('\n', messages.Select(message => message.Text)));
        Assert.AreEqual(RecordedKind.Message, messages[0].Kind);
        Assert.AreEqual("Low", messages[0].Importance);
        Assert.Contains("ContainersTelemetryInitialize", messages[0].Text!);
        Assert.IsEmpty(UserFolders.Files(user.Data));
        Assert.IsEmpty(UserFolders.Files(user.Configuration));
    }

    [TestMethod]
    public async Task Preview_shows_events_of_another_package_and_keeps_none()
    {
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(Logging with { Properties = [.. Logging.Properties, (PreviewFile.Property, "true")] }, user);

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        string[] messages = [.. result.Messages.Where(message => message.Sender == "Containers.Telemetry").Select(message => message.Text!)];
        Assert.Contains("Containers.Telemetry preview: containers-telemetry/usage", messages);
        Assert.Contains("Containers.Telemetry preview: containers-telemetry/error", messages);
        CollectionAssert.AreEqual(
            new[] { "sdk/container/inference", "sdk/container/publish/success", "containers-telemetry/usage", "containers-telemetry/error" },
            PreviewFile.Read(result).Select(e => (string?)e["Event"]).ToArray());
        Assert.HasCount(1, PreviewFile.Read(result).Select(e => (string?)e["PublishId"]).Distinct());
        Assert.IsEmpty(UserFolders.Files(user.Data));
    }

    private static ProjectShape Shape(string attributes, string calls) => new()
    {
        Content = $"""
              <ItemGroup>
                <ContainersTelemetryDimension Include="team" Value="payments" />
                <ContainersTelemetryDimension Include="step" />
                <ScanDimension Include="step" Value="scan" />
                <BadDimension Include="zqwordzq" Value="scan" />
                <BadDimension Include="team" Value="zqwordzq team" />
              </ItemGroup>
              <Target Name="{Target}" {attributes}>
                {calls}
              </Target>
            """,
    };

    private static void AssertAttributes(OtlpJsonRecord record, params (string Name, string Value)[] expected)
    {
        foreach ((string name, string value) in expected)
        {
            Assert.AreEqual(value, record.Attributes.GetValueOrDefault(name), name);
        }
    }

    private static async Task<PublishResult> PublishAsync(Scenario scenario, UserFolders user, params (string Name, string Value)[] variables) =>
        await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, request => Of(user, request, variables));

    private static PublishRequest Of(UserFolders user, PublishRequest request, params (string Name, string Value)[] variables)
    {
        PublishRequest own = PatientExport.Of(user.Of(request));
        return own with
        {
            Environment = environment => variables.Aggregate(own.Environment(environment), (all, variable) => all.With(variable.Name, variable.Value)),
        };
    }
}
