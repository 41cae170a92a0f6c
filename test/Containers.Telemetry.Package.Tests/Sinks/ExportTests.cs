using System.Text.Json.Nodes;
using Containers.Telemetry.Package.Tests.Scenarios;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;

namespace Containers.Telemetry.Package.Tests.Sinks;

/// <summary>Exports to the endpoint of the owner.</summary>
[TestClass]
public sealed class ExportTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string ParentId = "00f067aa0ba902b7";

    public required TestContext TestContext { get; init; }

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
        OtlpJsonRecord[] logs = Received(receiver, "/v1/logs");
        OtlpJsonRecord[] spans = Received(receiver, "/v1/traces");
        OtlpJsonRecord span = spans[0];
        CollectionAssert.AreEqual(
            new[] { "container publish", "base image inference", "image", "base image pull", "image push" },
            spans.Select(e => (string?)e.Json["name"]).ToArray());
        AssertIsWithin(span, spans[1], spans[2]);
        AssertIsWithin(spans[2], spans[3], spans[4]);
        Assert.AreEqual("credential_failure", spans[2].Attributes["error.type"]);
        CollectionAssert.AreEqual(user.Events.Select(e => e.EventId).ToArray(), logs.Select(e => e.EventId).ToArray(), result.StandardOutput);
        CollectionAssert.AreEqual(
            new[] { "sdk/container/inference", "sdk/container/publish/error credential_failure" },
            logs.Select(e => e.Outcome).ToArray());
        CollectionAssert.AreEqual(
            new[] { "containers_telemetry.inference", "containers_telemetry.publish.error" },
            logs.Select(e => (string?)e.Json["eventName"]).ToArray());
        Assert.AreEqual("PublishContainer", span.Attributes["cicd.pipeline.task.name"]);
        Assert.AreEqual("failure", span.Attributes["cicd.pipeline.task.run.result"]);
        Assert.AreEqual(logs[1].PublishId, span.Attributes["cicd.pipeline.task.run.id"]);
        Assert.AreEqual(logs[1].PublishId, span.Resource["service.instance.id"]);
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
        var endpoint = new UriBuilder(receiver.Address) { UserName = "name", Password = Secret + "1", Path = Secret + "3" };

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
        Assert.AreEqual($"/{Secret}3/v1/logs", request.Path);
        Assert.AreEqual("zqproduction", OtlpJsonRecord.Read(request.Text).First().Resource["deployment.environment.name"]);
        string[] files = [.. UserFolders.Files(user.Root).Except([log])];
        Assert.IsNotEmpty(files);
        foreach (string file in files)
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

        PublishResult result = await PublishAsync(
            CoreScenarios.Success, user, (Endpoint, receiver.Address.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol));

        ScenarioRun.AssertTruth(CoreScenarios.Success, result);
        OtlpJsonRecord[] logs = Received(receiver, isGrpc ? "/opentelemetry.proto.collector.logs.v1.LogsService/Export" : "/v1/logs");
        CollectionAssert.AreEqual(user.Events.Select(e => e.EventId).ToArray(), logs.Select(e => e.EventId).ToArray(), result.StandardOutput);
        Assert.StartsWith("container publish succeeded in ", (string?)logs[1].Json["body"]!["stringValue"]);
        Assert.HasCount(1, Publishes(receiver, isGrpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces"));
        Assert.IsEmpty(result.Warnings);
        Assert.IsEmpty(Waiting(user));
    }

    [TestMethod]
    public async Task Metrics_count_each_publish_once_if_they_are_on()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();

        await PublishAsync(CoreScenarios.Success, user, (Endpoint, receiver.Address.AbsoluteUri));
        Assert.IsFalse(receiver.Requests.Any(request => request.Path == "/v1/metrics"));
        await PublishAsync(CoreScenarios.PushRefused, user, (Endpoint, receiver.Address.AbsoluteUri), ("OTEL_METRICS_EXPORTER", "otlp"));

        JsonNode[] metrics = [.. receiver.Requests.Where(request => request.Path == "/v1/metrics").Select(request => JsonNode.Parse(request.Text)!)];
        Assert.HasCount(1, metrics);
        JsonArray all = metrics[0]["resourceMetrics"]![0]!["scopeMetrics"]![0]!["metrics"]!.AsArray();
        CollectionAssert.AreEqual(
            new[] { "containers_telemetry.publishes", "containers_telemetry.publish.duration" },
            all.Select(metric => (string?)metric!["name"]).ToArray());
        Assert.AreEqual("1", (string?)all[0]!["sum"]!["dataPoints"]![0]!["asInt"]);
        Assert.Contains("\"credential_failure\"", all[0]!.ToJsonString());
        Assert.DoesNotContain(user.Events[^1].PublishId!, metrics[0].ToJsonString());
    }

    public static IEnumerable<Scenario> SentOnceMore => [CoreScenarios.PushRefused, CoreScenarios.Success, MultiArchScenarios.All().First()];

    [TestMethod]
    [DynamicData(nameof(SentOnceMore))]
    public async Task Send_repeats_exactly_what_the_publish_sent(Scenario scenario)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var user = new UserFolders();
        await PublishAsync(scenario, user, (Endpoint, receiver.Address.AbsoluteUri));
        string[] logs = TextsOf(Received(receiver, "/v1/logs"));
        string[] spans = TextsOf(Received(receiver, "/v1/traces"));
        int requests = receiver.RequestCount;

        PublishRequest environment = user.Of(new PublishRequest());
        CommandResult sent = await new DotnetCommand([Path.Combine(AppContext.BaseDirectory, "Containers.Telemetry.Tool.dll"), "send", "--since", "1d"])
        {
            Environment = environment.Environment(DotnetEnvironment.ForUser(user.Root, Path.Combine(user.Root, "packages")))
                .With(Endpoint, receiver.Address.AbsoluteUri),
            WorkingDirectory = user.Root,
        }.RunAsync(TestContext.CancellationToken);

        Assert.AreEqual(0, sent.ExitCode, sent.StandardOutput + sent.StandardError);
        CollectionAssert.AreEquivalent(logs, TextsOf(Received(receiver, "/v1/logs", requests)));
        CollectionAssert.AreEquivalent(spans, TextsOf(Received(receiver, "/v1/traces", requests)));
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
    public async Task Pending_events_are_sent_by_the_next_publish()
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
        CollectionAssert.AreEquivalent(
            user.Events.Select(e => e.EventId).ToArray(), Received(receiver, "/v1/logs").Select(e => e.EventId).Distinct().ToArray());
        Assert.HasCount(2, Publishes(receiver, "/v1/traces"));
        Assert.IsEmpty(Waiting(user));
    }

    [TestMethod]
    [DataRow("refuses")]
    [DataRow("hangs")]
    [DataRow("rejects")]
    [DataRow("redirects")]
    public async Task Endpoint_that_fails_does_not_change_the_publish(string behavior)
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        using var refusing = new ClosedPort();
        using var user = new UserFolders();
        receiver.Otherwise = behavior switch
        {
            "hangs" => ReceiverBehavior.Hang,
            "rejects" => ReceiverBehavior.Status(400),
            _ => ReceiverBehavior.Redirect(receiver.Address),
        };
        Uri endpoint = behavior == "refuses" ? refusing.Address : receiver.Address;

        // No budget is long enough for these endpoints: nothing is delivered.
        PublishResult with = await ScenarioRun.PublishWarmAsync(
            CoreScenarios.Success, await PackageUnderTest.Feed, request => WithVariables(user.Of(request), (Endpoint, endpoint.AbsoluteUri)));
        PublishResult without = await ScenarioRun.PublishWithoutPackageAsync(CoreScenarios.Success);

        ScenarioRun.AssertTruth(CoreScenarios.Success, with);
        ScenarioRun.AssertSamePublish(without, with);
        Assert.HasCount(2, user.Events);

        Assert.HasCount(3, Waiting(user));
    }

    [TestMethod]
    public async Task Endpoint_of_one_owner_never_gets_events_for_another()
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
        await ScenarioRun.PublishWarmAsync(scenario, await PackageUnderTest.Feed, request => WithVariables(PatientExport.Of(user.Of(request)), variables));

    private static PublishRequest WithVariables(PublishRequest request, params (string Name, string Value)[] variables) => request with
    {
        Environment = user => variables.Aggregate(request.Environment(user), (all, variable) => all.With(variable.Name, variable.Value)),
    };

    // Attributes are a set, so their order does not count.
    private static string[] TextsOf(OtlpJsonRecord[] records) => [.. records.Select(static record =>
    {
        JsonObject json = record.Json.DeepClone().AsObject();
        json.Remove("attributes");
        return string.Join(
            '\n',
            record.Attributes.Concat(record.Resource)
                .Select(static attribute => $"{attribute.Key}={attribute.Value}")
                .Order(StringComparer.Ordinal)
                .Append(json.ToJsonString()));
    })];

    private static OtlpJsonRecord[] Received(OtlpReceiver receiver, string path, int skipped = 0) =>
        [
            .. receiver.Requests.Skip(skipped)
                .Where(request => request.IsAccepted && request.Path == path)
                .SelectMany(request => OtlpJsonRecord.Read(request.Text)),
        ];

    private static OtlpJsonRecord[] Publishes(OtlpReceiver receiver, string path) =>
        [.. Received(receiver, path).Where(span => (string?)span.Json["name"] == "container publish")];

    private static void AssertIsWithin(OtlpJsonRecord parent, params OtlpJsonRecord[] parts)
    {
        foreach (OtlpJsonRecord part in parts)
        {
            Assert.AreEqual((string?)parent.Json["spanId"], (string?)part.Json["parentSpanId"]);
            Assert.AreEqual(TraceId, (string?)part.Json["traceId"]);
            Assert.IsLessThanOrEqualTo(Nanoseconds(part, "startTimeUnixNano"), Nanoseconds(parent, "startTimeUnixNano"));
            Assert.IsLessThanOrEqualTo(Nanoseconds(parent, "endTimeUnixNano"), Nanoseconds(part, "endTimeUnixNano"));
        }
    }

    /// <summary>The pending lines of the outbox: log records and spans.</summary>
    private static string[] Waiting(UserFolders user) =>
        [.. UserFolders.Files(Path.Combine(user.Data, "outbox"), "*.jsonl").SelectMany(File.ReadLines)];

    private static ulong Nanoseconds(OtlpJsonRecord record, string name) =>
        ulong.Parse((string)record.Json[name]!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> ReadBinaryLogAsync(string path)
    {
        await using var unzipped = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        using var content = new MemoryStream();
        await unzipped.CopyToAsync(content);
        return System.Text.Encoding.UTF8.GetString(content.ToArray());
    }
}
