using System.Text.Json.Nodes;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using FsCheck.Fluent;

namespace Containers.Telemetry.Otlp;

/// <summary>What is written, as the official OpenTelemetry packages (npm, Node.js) understand it.</summary>
[TestClass]
public sealed class OfficialDefinitionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 29, 59, TimeSpan.Zero);

    [TestMethod]
    public void Log_EveryField_IsDecodedToItsValue()
    {
        ContainerEvent written = Examples.Full(EventNames.Error);
        written.SetDimension("team", "payments");

        JsonNode resource = Decode(OtlpSignal.Logs, Lines.Log(written, Lines.PipelineTrace))["resourceLogs"]!.AsArray().Single()!;

        JsonNode scope = resource["scopeLogs"]!.AsArray().Single()!;
        Assert.AreEqual("""{"name":"Containers.Telemetry","version":"1","attributes":[{"key":"containers_telemetry.min_reader_version","value":{"intValue":"1"}}]}""", scope["scope"]!.ToJsonString());
        JsonNode record = scope["logRecords"]!.AsArray().Single()!;
        Assert.AreEqual("1795167000000000000", record["timeUnixNano"]!.GetValue<string>());
        Assert.AreEqual("1795167000000000000", record["observedTimeUnixNano"]!.GetValue<string>());
        Assert.AreEqual(17, record["severityNumber"]!.GetValue<int>());
        Assert.AreEqual("ERROR", record["severityText"]!.GetValue<string>());
        Assert.AreEqual(EventNames.Error, record["eventName"]!.GetValue<string>());
        Assert.AreEqual("0af7651916cd43dd8448eb211c80319c", record["traceId"]!.GetValue<string>());
        Assert.AreEqual("9a1b2c3d4e5f6070", record["spanId"]!.GetValue<string>());
        Assert.AreEqual(1, record["flags"]!.GetValue<int>());
        AssertAttributes(written, resource["resource"]!, record);
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
        AssertAttributes(written, resource["resource"]!, span);
    }

    [TestMethod]
    public void Requests_OfAnyEvents_AreKnownToTheDefinitionsInEveryPart()
    {
        ContainerEvent[] events = ArbitraryEvents.Events.Generator.Sample(100, 200).ToArray();
        byte[][] logs = events.Select(written => Lines.Log(written, Lines.PipelineTrace, new KeyValuePair<string, string>("deployment.environment.name", "pr\u00f6d\n"))).ToArray();
        byte[][] spans = events.Select(written => Lines.Span(written, Start)).ToArray();

        AssertKnown(OtlpSignal.Logs, logs);
        AssertKnown(OtlpSignal.Traces, spans);
        AssertKnown(OtlpSignal.Logs, [Lines.Batch(OtlpSignal.Logs, logs)]);
        AssertKnown(OtlpSignal.Traces, [Lines.Batch(OtlpSignal.Traces, spans)]);
    }

    [TestMethod]
    [DataRow("\"eventName\"", "\"event_name_\"")]
    [DataRow("\"boolValue\":true", "\"boolValue\":\"true\"")]
    [DataRow("\"intValue\":\"403\"", "\"intValue\":\"4.03\"")]
    [DataRow("\"severityNumber\":17", "\"severityNumber\":\"17\"")]
    [DataRow("\"traceId\":\"9a", "\"traceId\":\"zz")]
    public void Requests_WithAnError_AreNoticed(string right, string wrong)
    {
        string line = Lines.Text(Lines.Log(Examples.Full(EventNames.Error)));
        Assert.Contains(right, line);
        byte[] broken = System.Text.Encoding.UTF8.GetBytes(line.Replace(right, wrong, StringComparison.Ordinal));

        Assert.IsFalse(JsonNode.DeepEquals(JsonNode.Parse(broken), Decode(OtlpSignal.Logs, broken)));
    }

    [TestMethod]
    public void Attributes_ThatTheConventionsName_AreInTheOfficialList()
    {
        JsonObject official = JsonNode.Parse(NodeProject.OrInconclusive().Run("conventions.js", [], []))!.AsObject();

        foreach (string name in SemanticConventions.Names)
        {
            Assert.IsTrue(official.ContainsKey(name), name);
        }
    }

    /// <summary>The conventions allow a value of one's own where none of theirs applies, as to a task that failed or was canceled, nobody knows which.</summary>
    [TestMethod]
    [DataRow("os.type")]
    [DataRow("host.arch")]
    [DataRow("cicd.pipeline.task.run.result")]
    public void AttributeValues_OfAClosedList_AreInTheOfficialList(string name)
    {
        JsonObject official = JsonNode.Parse(NodeProject.OrInconclusive().Run("conventions.js", [], []))!.AsObject();

        string[] known = [.. official[name]!.AsArray().Select(value => value!.GetValue<string>()), .. name.EndsWith(".result", StringComparison.Ordinal) ? ["unfinished"] : Array.Empty<string>()];
        CollectionAssert.IsSubsetOf(EventSchema.Fields.Single(field => field.Attribute == name).AttributeValues.Where(value => value.Length > 0).ToArray(), known);
    }

    // Field by field, from the schema and in words of its own.
    private static void AssertAttributes(ContainerEvent written, JsonNode resource, JsonNode record)
    {
        Dictionary<string, string> ofResource = Attributes(resource);
        Dictionary<string, string> ofRecord = Attributes(record);
        Assert.IsTrue(ofResource.Remove("service.name", out string? service));
        Assert.AreEqual("""{"stringValue":"Containers.Telemetry"}""", service);
        Assert.IsTrue(ofRecord.Remove("containers_telemetry.dimension.team", out string? team));
        Assert.AreEqual("""{"stringValue":"payments"}""", team);
        foreach ((EventField field, object value) in written.Values.Where(value => value.Key != DetailFields.Time && value.Key != DetailFields.SchemaVersion))
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

    private static string Text(string value) => $$"""{"stringValue":"{{value}}"}""";

    private static Dictionary<string, string> Attributes(JsonNode holder) =>
        holder["attributes"]!.AsArray().ToDictionary(attribute => attribute!["key"]!.GetValue<string>(), attribute => attribute!["value"]!.ToJsonString());

    // A name that the definitions do not have is gone after decoding, and a value of another type is another one.
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
        NodeProject.OrInconclusive().Run("decode.js", [signal is OtlpSignal.Logs ? "logs" : "traces"], requests).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
