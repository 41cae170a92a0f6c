using System.Text.Json.Nodes;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.TestInfrastructure.Publishing;
using FsCheck.Fluent;

namespace Containers.Telemetry.Otlp;

/// <summary>Decodes written lines with the official OpenTelemetry packages (npm, Node.js).</summary>
[TestClass]
public sealed class OfficialDefinitionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 29, 59, TimeSpan.Zero);

    private static readonly Lazy<string> Conventions = new(static () => NodeProject.OrInconclusive("otlp-decoder").Run("conventions.js", [], []));

    private static JsonObject OfficialList => JsonNode.Parse(Conventions.Value)!.AsObject();

    [TestMethod]
    public void Log_EveryField_IsDecodedToItsValue()
    {
        ContainerEvent written = Examples.Full(EventNames.Error);
        written.SetDimension("team", "payments");

        JsonNode resource = Decode(OtlpSignal.Logs, Lines.SentLog(written, Lines.PipelineTrace))["resourceLogs"]!.AsArray().Single()!;

        JsonNode scope = resource["scopeLogs"]!.AsArray().Single()!;
        Assert.AreEqual(
            """{"name":"Containers.Telemetry","version":"0.1.0","attributes":["""
                + """{"key":"containers_telemetry.schema_version","value":{"intValue":"2"}},"""
                + """{"key":"containers_telemetry.min_reader_version","value":{"intValue":"2"}}]}""",
            scope["scope"]!.ToJsonString());
        Assert.AreEqual("https://opentelemetry.io/schemas/1.44.0", scope["schemaUrl"]!.GetValue<string>());
        Assert.AreEqual("https://opentelemetry.io/schemas/1.44.0", resource["schemaUrl"]!.GetValue<string>());
        JsonNode record = scope["logRecords"]!.AsArray().Single()!;
        Assert.AreEqual("1795167000000000000", record["timeUnixNano"]!.GetValue<string>());
        Assert.AreEqual("1795167000000000000", record["observedTimeUnixNano"]!.GetValue<string>());
        Assert.AreEqual(17, record["severityNumber"]!.GetValue<int>());
        Assert.AreEqual("ERROR", record["severityText"]!.GetValue<string>());
        Assert.AreEqual("containers_telemetry.publish.error", record["eventName"]!.GetValue<string>());
        Assert.AreEqual("0af7651916cd43dd8448eb211c80319c", record["traceId"]!.GetValue<string>());
        Assert.AreEqual("9a1b2c3d4e5f6070", record["spanId"]!.GetValue<string>());
        Assert.AreEqual(1, record["flags"]!.GetValue<int>());
        Assert.AreEqual("container publish failed: credential_failure, push, MCR to Azure", record["body"]!["stringValue"]!.GetValue<string>());
        AssertAttributes(written, resource["resource"]!, record, ("containers_telemetry.sdk.event_name", "sdk/container/publish/error"));
    }

    [TestMethod]
    public void Span_EveryField_IsDecodedToItsValue()
    {
        ContainerEvent written = Examples.Full(EventNames.Error);
        written.SetDimension("team", "payments");

        JsonNode resource = Decode(OtlpSignal.Traces, Lines.Span(written, Start, Lines.PipelineTrace))["resourceSpans"]!.AsArray().Single()!;

        JsonNode span = resource["scopeSpans"]!.AsArray().Single()!["spans"]!.AsArray().Single()!;
        Assert.AreEqual("container publish", span["name"]!.GetValue<string>());
        Assert.AreEqual(1, span["kind"]!.GetValue<int>());
        Assert.AreEqual("0af7651916cd43dd8448eb211c80319c", span["traceId"]!.GetValue<string>());
        Assert.AreEqual("9a1b2c3d4e5f6070", span["spanId"]!.GetValue<string>());
        Assert.AreEqual("b7ad6b7169203331", span["parentSpanId"]!.GetValue<string>());
        Assert.AreEqual("congo=t61rcWkgMzE", span["traceState"]!.GetValue<string>());
        Assert.AreEqual(0x301, span["flags"]!.GetValue<int>());
        Assert.AreEqual("1795166999000000000", span["startTimeUnixNano"]!.GetValue<string>());
        Assert.AreEqual("1795167000000000000", span["endTimeUnixNano"]!.GetValue<string>());
        Assert.AreEqual("""{"code":2}""", span["status"]!.ToJsonString());
        AssertAttributes(written, resource["resource"]!, span, leftOut: [DetailFields.EventId, DetailFields.Duration]);
    }

    [TestMethod]
    public void Metrics_Publish_IsDecodedToOnePointOfEachMetric()
    {
        ContainerEvent written = Examples.Full(EventNames.Error);

        JsonNode resource = Decode(OtlpSignal.Metrics, Lines.Metrics(written, Start))["resourceMetrics"]!.AsArray().Single()!;

        CollectionAssert.AreEquivalent(
            new[] { "service.name", "service.version", "telemetry.sdk.name", "telemetry.sdk.language", "telemetry.sdk.version" },
            Attributes(resource["resource"]!).Keys);
        JsonArray metrics = resource["scopeMetrics"]!.AsArray().Single()!["metrics"]!.AsArray();
        Assert.AreEqual("containers_telemetry.publishes", metrics[0]!["name"]!.GetValue<string>());
        Assert.AreEqual("{publish}", metrics[0]!["unit"]!.GetValue<string>());
        Assert.AreEqual(1, metrics[0]!["sum"]!["aggregationTemporality"]!.GetValue<int>(), "delta");
        Assert.IsTrue(metrics[0]!["sum"]!["isMonotonic"]!.GetValue<bool>());
        JsonNode count = metrics[0]!["sum"]!["dataPoints"]!.AsArray().Single()!;
        Assert.AreEqual("1", count["asInt"]!.GetValue<string>());
        Assert.AreEqual("1795166999000000000", count["startTimeUnixNano"]!.GetValue<string>());
        Assert.AreEqual("1795167000000000000", count["timeUnixNano"]!.GetValue<string>());
        Assert.AreEqual("containers_telemetry.publish.duration", metrics[1]!["name"]!.GetValue<string>());
        Assert.AreEqual("s", metrics[1]!["unit"]!.GetValue<string>());
        Assert.AreEqual(1, metrics[1]!["histogram"]!["aggregationTemporality"]!.GetValue<int>(), "delta");
        JsonNode duration = metrics[1]!["histogram"]!["dataPoints"]!.AsArray().Single()!;
        Assert.AreEqual("1", duration["count"]!.GetValue<string>());
        Assert.AreEqual(0.812, duration["sum"]!.GetValue<double>());
        Assert.AreEqual("""["1","0","0","0","0","0","0","0","0","0","0"]""", duration["bucketCounts"]!.ToJsonString());
        Assert.AreEqual("[1,2,5,10,20,30,60,120,300,600]", duration["explicitBounds"]!.ToJsonString());
        foreach (JsonNode point in new[] { count, duration })
        {
            Dictionary<string, string> labels = Attributes(point);
            AssertTexts(
                labels,
                ("cicd.pipeline.task.run.result", "success"),
                ("error.type", "credential_failure"),
                ("containers_telemetry.error.direction", "push"),
                ("containers_telemetry.pull.remote_kind", "MCR"),
                ("containers_telemetry.push.remote_kind", "Azure"),
                ("containers_telemetry.push.local_kind", "Tarball"),
                ("containers_telemetry.observation", "observed"));
            Assert.IsEmpty(labels);
        }
    }

    [TestMethod]
    public void Requests_OfAnyEvents_AreKnownToTheDefinitionsInEveryPart()
    {
        ContainerEvent[] events = ArbitraryEvents.Events.Generator.Sample(100, 200).ToArray();
        byte[][] logs = events.Select(
            written => Lines.Log(written, Lines.PipelineTrace, new KeyValuePair<string, string>("deployment.environment.name", "pr\u00f6d\n"))).ToArray();
        byte[][] sent = events.Select(written => Lines.SentLog(written)).ToArray();
        byte[][] spans = [.. events.Select(written => Lines.Span(written, Start)), .. events.Select(Lines.SpanWithParts)];

        AssertKnown(OtlpSignal.Logs, [.. logs, .. sent, Lines.Batch(OtlpSignal.Logs, logs)]);
        AssertKnown(OtlpSignal.Traces, [.. spans, Lines.Batch(OtlpSignal.Traces, spans)]);
        AssertKnown(OtlpSignal.Metrics, [.. events.Select(written => Lines.Metrics(written, Start))]);
    }

    [TestMethod]
    [DataRow("\"eventName\"", "\"event_name_\"")]
    [DataRow("\"boolValue\":true", "\"boolValue\":\"true\"")]
    [DataRow("\"intValue\":\"403\"", "\"intValue\":\"4.03\"")]
    [DataRow("\"severityNumber\":17", "\"severityNumber\":\"17\"")]
    [DataRow("\"traceId\":\"9a", "\"traceId\":\"zz")]
    public void DecodingTest_FindsAnErrorInARequest(string right, string wrong)
    {
        string line = Lines.Text(Lines.Log(Examples.Full(EventNames.Error)));
        Assert.Contains(right, line);
        byte[] broken = System.Text.Encoding.UTF8.GetBytes(line.Replace(right, wrong, StringComparison.Ordinal));

        Assert.IsFalse(JsonNode.DeepEquals(JsonNode.Parse(broken), Decode(OtlpSignal.Logs, broken)));
    }

    [TestMethod]
    public void Attributes_ThatTheConventionsName_AreInTheOfficialList()
    {
        JsonObject official = OfficialList;

        foreach (string name in SemanticConventions.Names)
        {
            Assert.IsTrue(official.ContainsKey(name), name);
        }
    }

    /// <summary>
    /// The conventions allow a custom value where none of theirs applies. "unfinished" is one: nobody knows whether the task failed or was canceled.
    /// </summary>
    [TestMethod]
    [DataRow("os.type")]
    [DataRow("host.arch")]
    [DataRow("cicd.pipeline.task.run.result")]
    public void AttributeValues_OfAClosedList_AreInTheOfficialList(string name)
    {
        JsonObject official = OfficialList;

        string[] known =
        [
            .. official[name]!.AsArray().Select(value => value!.GetValue<string>()),
            .. name.EndsWith(".result", StringComparison.Ordinal) ? ["unfinished"] : Array.Empty<string>(),
        ];
        CollectionAssert.IsSubsetOf(
            EventSchema.Fields.Single(field => field.Attribute == name).AttributeValues.Where(value => value.Length > 0).ToArray(), known);
    }

    // Compares field by field with the schema, without the code of the writer.
    private static void AssertAttributes(
        ContainerEvent written, JsonNode resource, JsonNode record, (string Name, string Value)? other = null, EventField[]? leftOut = null)
    {
        Dictionary<string, string> ofResource = Attributes(resource);
        Dictionary<string, string> ofRecord = Attributes(record);
        AssertTexts(
            ofResource,
            ("service.name", "Containers.Telemetry"),
            ("service.instance.id", DetailFields.PublishId.Example),
            ("telemetry.sdk.name", "Containers.Telemetry"),
            ("telemetry.sdk.language", "dotnet"),
            ("telemetry.sdk.version", SurroundingsFields.PackageVersion.Example));
        AssertTexts(
            ofRecord,
            ("containers_telemetry.dimension.team", "payments"),
            ("cicd.pipeline.task.name", "PublishContainer"),
            ("cicd.pipeline.task.type", "build"),
            ("cicd.pipeline.task.run.id", DetailFields.PublishId.Example));
        AssertTexts(ofRecord, other is { } one ? [one] : []);
        EventField[] elsewhere = [DetailFields.Time, DetailFields.SchemaVersion, .. leftOut ?? []];
        foreach ((EventField field, object value) in written.Values.Where(value => !elsewhere.Contains(value.Key)))
        {
            string expected = value switch
            {
                bool flag => flag ? """{"boolValue":true}""" : """{"boolValue":false}""",
                long number => $$"""{"intValue":"{{number}}"}""",
                string[] texts => """{"arrayValue":{"values":[""" + string.Join(',', texts.Select(Text)) + "]}}",
                string text when field.AttributeValues.Length > 0 => Text(field.AttributeValues[Array.IndexOf(field.AllowedValues, text)]),
                _ => Text(field.Example),
            };
            Dictionary<string, string> attributes = field.IsResource ? ofResource : ofRecord;
            Assert.IsTrue(attributes.Remove(field.Attribute, out string? decoded), field.Attribute);
            Assert.AreEqual(expected, decoded, field.Attribute);
        }

        Assert.IsEmpty(ofResource);
        Assert.IsEmpty(ofRecord);
    }

    private static void AssertTexts(Dictionary<string, string> attributes, params (string Name, string Value)[] expected)
    {
        foreach ((string name, string value) in expected)
        {
            Assert.IsTrue(attributes.Remove(name, out string? decoded), name);
            Assert.AreEqual(Text(value), decoded, name);
        }
    }

    private static string Text(string value) => $$"""{"stringValue":"{{value}}"}""";

    private static Dictionary<string, string> Attributes(JsonNode holder) =>
        holder["attributes"]!.AsArray().ToDictionary(attribute => attribute!["key"]!.GetValue<string>(), attribute => attribute!["value"]!.ToJsonString());

    // Decoding drops names that the definitions lack and changes values of another type, so the decoded request equals the written one only if all of
    // it is known.
    private static void AssertKnown(OtlpSignal signal, byte[][] requests)
    {
        string[] decoded = Run(signal, requests.SelectMany(request => request.Append((byte)'\n')).ToArray());

        Assert.HasCount(requests.Length, decoded);
        for (int i = 0; i < requests.Length; i++)
        {
            Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(requests[i]), JsonNode.Parse(decoded[i])), Lines.Text(requests[i]));
        }
    }

    private static JsonNode Decode(OtlpSignal signal, byte[] request) => JsonNode.Parse(Run(signal, request).Single())!;

    private static string[] Run(OtlpSignal signal, byte[] requests) =>
        NodeProject.OrInconclusive("otlp-decoder").Run("decode.js", [Lines.NameOf(signal)], requests).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
