using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>What a publish sends to the endpoint of its owner.</summary>
[TestClass]
public sealed class ExportTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ParentId = "00f067aa0ba902b7";

    [TestMethod]
    [DataRow("")]
    [DataRow("-mt")]
    [DataRow("-m:2")]
    public async Task Publish_is_sent_as_its_events_and_a_span(string arguments)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(
            CoreScenarios.PushRefused with { Arguments = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
            user,
            (Endpoint, receiver.Address.AbsoluteUri),
            ("TRACEPARENT", $"00-{TraceId}-{ParentId}-01"),
            ("TRACESTATE", "vendor=value"));

        Assert.AreNotEqual(0, result.ExitCode);
        OtlpRecord[] logs = Received(receiver, "/v1/logs");
        OtlpRecord span = Received(receiver, "/v1/traces").Single();
        CollectionAssert.AreEqual(user.Events.Select(e => e.EventId).ToArray(), logs.Select(e => e.EventId).ToArray(), result.StandardOutput);
        CollectionAssert.AreEqual(
            new[] { "sdk/container/inference", "sdk/container/publish/error credential_failure" },
            logs.Select(e => e.Outcome).ToArray());
        Assert.IsTrue(logs.All(e => (string?)e.Json["traceId"] == TraceId && (string?)e.Json["spanId"] == (string?)span.Json["spanId"]));
        Assert.AreEqual(TraceId, (string?)span.Json["traceId"]);
        Assert.AreEqual(ParentId, (string?)span.Json["parentSpanId"]);
        Assert.AreEqual("vendor=value", (string?)span.Json["traceState"]);
        Assert.AreEqual(2, (int)span.Json["status"]!["code"]!);
        Assert.AreEqual("credential_failure", span.Attributes["error.type"]);
        Assert.IsGreaterThan(Nanoseconds(span, "startTimeUnixNano"), Nanoseconds(span, "endTimeUnixNano"));
        Assert.AreEqual(Nanoseconds(logs[1], "timeUnixNano"), Nanoseconds(span, "endTimeUnixNano"));
        Assert.IsLessThanOrEqualTo(Nanoseconds(logs[0], "timeUnixNano"), Nanoseconds(span, "startTimeUnixNano"));
        Assert.IsEmpty(Waiting(user));
    }

    [TestMethod]
    public async Task Headers_and_resource_attributes_of_the_owner_are_sent_and_kept_nowhere_else()
    {
        const string Secret = "zqsecretzq";
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        string log = Path.Combine(user.Root, "msbuild.binlog");
        var endpoint = new UriBuilder(receiver.Address) { UserName = "name", Password = Secret + "1" };

        PublishResult result = await PublishAsync(
            CoreScenarios.Success with { Arguments = [$"-bl:{log}", "-v:diag"] },
            user,
            (Endpoint, endpoint.Uri.AbsoluteUri),
            ("OTEL_EXPORTER_OTLP_HEADERS", $"x-api-key={Secret}2"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=zqproduction"));

        Assert.AreEqual(0, result.ExitCode, result.StandardOutput);
        ReceivedRequest request = receiver.Requests[0];
        Assert.AreEqual(Secret + "2", request.Headers["x-api-key"]);
        Assert.StartsWith("Basic ", request.Headers["Authorization"]);
        Assert.AreEqual("zqproduction", OtlpRecord.Read(request.Text).First().Resource["deployment.environment.name"]);
        foreach (string file in UserFolders.Files(user.Root).Except([log]))
        {
            string content = await File.ReadAllTextAsync(file);
            Assert.DoesNotContain(Secret, content, file);
            Assert.DoesNotContain("zqproduction", content, file);
        }

        Assert.DoesNotContain(Secret, await ReadBinaryLogAsync(log));
        Assert.DoesNotContain(Secret, result.StandardOutput);
    }

    [TestMethod]
    [DataRow("http/json")]
    [DataRow("grpc")]
    public async Task Publish_is_sent_in_the_protocol_that_the_variable_names(string protocol)
    {
        bool isGrpc = protocol == "grpc";
        await using OtlpReceiver receiver = isGrpc ? await OtlpReceiver.StartGrpcAsync() : await OtlpReceiver.StartAsync();
        using var user = new UserFolders();

        PublishResult result = await PublishAsync(CoreScenarios.Success, user, (Endpoint, receiver.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));

        ScenarioRun.AssertTruth(CoreScenarios.Success, result);
        OtlpRecord[] logs = Received(receiver, isGrpc ? "/opentelemetry.proto.collector.logs.v1.LogsService/Export" : "/v1/logs");
        CollectionAssert.AreEqual(user.Events.Select(e => e.EventId).ToArray(), logs.Select(e => e.EventId).ToArray(), result.StandardOutput);
        Assert.StartsWith("container publish succeeded in ", (string?)logs[1].Json["body"]!["stringValue"]);
        Assert.HasCount(1, Received(receiver, isGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces"));
        Assert.IsEmpty(result.Warnings);
        Assert.IsEmpty(Waiting(user));
    }

    [TestMethod]
    public async Task Endpoint_that_has_refused_everything_for_long_is_one_warning_a_day()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        receiver.Otherwise = ReceiverBehavior.Status(401);
        Scenario scenario = CoreScenarios.Success with { Arguments = ["-warnaserror"] };
        PublishResult first = await PublishAsync(scenario, user, (Endpoint, receiver.Address.AbsoluteUri));
        foreach (string state in UserFolders.Files(Path.Combine(user.Data, "outbox"), "state"))
        {
            string text = await File.ReadAllTextAsync(state);
            Assert.Contains("refusals 1\n", text);
            await File.WriteAllTextAsync(state, text.Replace("refusals 1\n", "refusals 5\n", StringComparison.Ordinal));
        }

        PublishResult second = await PublishAsync(scenario, user, (Endpoint, receiver.Address.AbsoluteUri));
        PublishResult third = await PublishAsync(scenario, user, (Endpoint, receiver.Address.AbsoluteUri));

        ScenarioRun.AssertTruth(CoreScenarios.Success, second);
        Assert.IsEmpty(first.Warnings);
        Assert.AreEqual("CTEL0020", second.Warnings.Single().Code);
        Assert.Contains("HTTP 401", second.Warnings.Single().Text!);
        Assert.IsEmpty(third.Warnings);
        Assert.HasCount(9, Waiting(user));
    }

    [TestMethod]
    public async Task What_is_not_delivered_comes_with_the_next_publish()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        receiver.Otherwise = ReceiverBehavior.Status(503, retryAfter: "0");

        PublishResult first = await PublishAsync(CoreScenarios.PushRefused, user, (Endpoint, receiver.Address.AbsoluteUri));
        string[] waiting = Waiting(user);
        receiver.Otherwise = ReceiverBehavior.Accept;
        PublishResult second = await PublishAsync(CoreScenarios.Success, user, (Endpoint, receiver.Address.AbsoluteUri));

        ScenarioRun.AssertTruth(CoreScenarios.PushRefused, first);
        ScenarioRun.AssertTruth(CoreScenarios.Success, second);
        Assert.HasCount(3, waiting);
        CollectionAssert.AreEquivalent(user.Events.Select(e => e.EventId).ToArray(), Received(receiver, "/v1/logs").Select(e => e.EventId).Distinct().ToArray());
        Assert.HasCount(2, Received(receiver, "/v1/traces"));
        Assert.IsEmpty(Waiting(user));
    }

    [TestMethod]
    [DataRow("refuses")]
    [DataRow("hangs")]
    [DataRow("rejects")]
    [DataRow("redirects")]
    public async Task Endpoint_that_does_not_take_them_leaves_the_publish_as_it_is(string behavior)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        receiver.Otherwise = behavior switch
        {
            "hangs" => ReceiverBehavior.Hang,
            "rejects" => ReceiverBehavior.Status(400),
            _ => ReceiverBehavior.Redirect(receiver.Address),
        };
        if (behavior == "refuses")
        {
            await receiver.DisposeAsync();
        }

        PublishResult with = await PublishAsync(CoreScenarios.Success, user, (Endpoint, receiver.Address.AbsoluteUri));
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(CoreScenarios.Success);

        ScenarioRun.AssertTruth(CoreScenarios.Success, with);
        ScenarioRun.AssertSamePublish(without, with);
        Assert.HasCount(2, user.Events);

        Assert.HasCount(3, Waiting(user));
    }

    [TestMethod]
    public async Task Endpoint_of_one_owner_never_gets_what_is_for_another()
    {
        await using OtlpReceiver one = await OtlpReceiver.StartAsync();
        await using OtlpReceiver other = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        one.Otherwise = ReceiverBehavior.Status(503);

        await PublishAsync(CoreScenarios.PushRefused, user, (Endpoint, one.Address.AbsoluteUri));
        await PublishAsync(CoreScenarios.Success, user, (Endpoint, other.Address.AbsoluteUri));

        CollectionAssert.AreEquivalent(user.Events.Skip(2).Select(e => e.EventId).ToArray(), Received(other, "/v1/logs").Select(e => e.EventId).ToArray());
        Assert.HasCount(3, Waiting(user));
    }

    [TestMethod]
    [DataRow("OTEL_SDK_DISABLED", "true")]
    [DataRow("CONTAINERS_TELEMETRY_OPTOUT", "1")]
    public async Task Off_sends_nothing(string name, string value)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();

        await PublishAsync(CoreScenarios.Success, user, (Endpoint, receiver.Address.AbsoluteUri), (name, value));

        Assert.AreEqual(0, receiver.ConnectionCount);
        Assert.IsEmpty(Waiting(user));
    }

    [TestMethod]
    public async Task Preview_stores_and_sends_nothing()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();

        await PublishAsync(
            CoreScenarios.Success with { Properties = [.. CoreScenarios.Success.Properties, (PreviewFile.Property, "true")] },
            user,
            (Endpoint, receiver.Address.AbsoluteUri));

        Assert.AreEqual(0, receiver.ConnectionCount);
        Assert.IsEmpty(UserFolders.Files(user.Data));
    }

    private static async Task<PublishResult> PublishAsync(Scenario scenario, UserFolders user, params (string Name, string Value)[] variables) =>
        await ScenarioRun.PublishAsync(scenario, await PackageUnderTest.Feed, request =>
        {
            PublishRequest own = user.Of(request);
            return own with
            {
                // A busy machine must not make the budget of a desk the result of a test.
                Properties = [.. own.Properties, new("ContainersTelemetryExportBudget", "5000")],
                Environment = environment => variables.Aggregate(own.Environment(environment), (all, variable) => all.With(variable.Name, variable.Value)),
            };
        });

    private static OtlpRecord[] Received(OtlpReceiver receiver, string path) =>
        [.. receiver.Requests.Where(request => request.IsAccepted && request.Path == path).SelectMany(request => OtlpRecord.Read(request.Text))];

    /// <summary>The lines that wait in the outbox: log records and spans.</summary>
    private static string[] Waiting(UserFolders user) =>
        [.. UserFolders.Files(Path.Combine(user.Data, "outbox"), "*.jsonl").SelectMany(File.ReadLines)];

    private static ulong Nanoseconds(OtlpRecord record, string name) => ulong.Parse((string)record.Json[name]!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> ReadBinaryLogAsync(string path)
    {
        await using var unzipped = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        using var content = new MemoryStream();
        await unzipped.CopyToAsync(content);
        return System.Text.Encoding.UTF8.GetString(content.ToArray());
    }
}
