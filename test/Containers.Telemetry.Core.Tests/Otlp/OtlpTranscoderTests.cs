using System.Text;
using System.Text.Json.Nodes;
using Containers.Telemetry.Events;
using Containers.Telemetry.Otlp.Protobuf;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using FsCheck.Fluent;

namespace Containers.Telemetry.Otlp;

/// <summary>Compares the binary form with two independent decoders: the official one and the tests' own.</summary>
[TestClass]
public sealed class OtlpTranscoderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 29, 59, TimeSpan.Zero);
    private readonly OtlpTranscoder _transcoder = new();

    [TestMethod]
    public void Requests_of_any_events_keep_every_field()
    {
        foreach ((OtlpSignal signal, byte[] line) in ArbitraryLines())
        {
            string decoded = OtlpProtobuf.ToJson(Lines.NameOf(signal), _transcoder.Encode(signal, line));

            Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(line), JsonNode.Parse(decoded)), Lines.Text(line) + decoded);
        }
    }

    [TestMethod]
    public void Requests_are_read_by_the_official_definitions_as_they_were_written()
    {
        (OtlpSignal Signal, byte[] Line)[] all = [.. ArbitraryLines()];
        foreach (OtlpSignal signal in Enum.GetValues<OtlpSignal>())
        {
            byte[][] lines = [.. all.Where(line => line.Signal == signal).Select(line => line.Line)];
            string encoded = string.Concat(lines.Select(line => Convert.ToBase64String(_transcoder.Encode(signal, line)) + "\n"));

            string[] decoded = NodeProject.OrInconclusive("otlp-decoder")
                .Run("decode.js", [Lines.NameOf(signal), "protobuf"], Encoding.ASCII.GetBytes(encoded))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);

            Assert.HasCount(lines.Length, decoded);
            for (int i = 0; i < lines.Length; i++)
            {
                Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(lines[i]), JsonNode.Parse(decoded[i])), Lines.Text(lines[i]) + decoded[i]);
            }
        }
    }

    [TestMethod]
    [DataRow("""{"resourceLogs":[{"schemaUrl":"s","scopeLogs":[{"logRecords":[{"body":{"kvlistValue":{"values":[{"key":"k","value":{"doubleValue":1.5}}]}}}]}]}]}""")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"k","value":{"intValue":"-9223372036854775808"}}]}]}]}]}""")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"18446744073709551615","flags":4294967295}]}]}]}""")]
    public void Values_at_the_ends_of_their_types_are_kept(string request)
    {
        string decoded = OtlpProtobuf.ToJson("logs", _transcoder.Encode(OtlpSignal.Logs, Encoding.UTF8.GetBytes(request)));

        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(request), JsonNode.Parse(decoded)), decoded);
    }

    [TestMethod]
    [DataRow("""{"resourceLogs":[{"other":{"deep":[1,{"resource":2}]},"schemaUrl":"s"}]}""", """{"resourceLogs":[{"schemaUrl":"s"}]}""", DisplayName = "a field that is not defined")]
    [DataRow("""{"resourceLogs":[{"resource":null,"schemaUrl":"s"}]}""", """{"resourceLogs":[{"schemaUrl":"s"}]}""", DisplayName = "null")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":5}]}]}]}""", """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"5"}]}]}]}""", DisplayName = "an integer that is no text")]
    [DataRow("{\"resourceLogs\":[{\"schemaUrl\":\"\\u00e9\\n\"}]}", "{\"resourceLogs\":[{\"schemaUrl\":\"\u00e9\\n\"}]}", DisplayName = "an escaped text")]
    public void All_forms_of_JSON_are_read(string request, string expected)
    {
        string decoded = OtlpProtobuf.ToJson("logs", _transcoder.Encode(OtlpSignal.Logs, Encoding.UTF8.GetBytes(request)));

        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(decoded)), decoded);
    }

    [TestMethod]
    [DataRow("""{"resourceLogs":[1]}""")]
    [DataRow("""{"resourceLogs":[{"schemaUrl":1}]}""")]
    [DataRow("""{"resourceLogs":[{"schemaUrl":"\ud800"}]}""")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"abc"}]}]}]}""")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"zz"}]}]}]}""")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"-1"}]}]}]}""")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"flags":4294967296}]}]}]}""")]
    [DataRow("""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":"9x"}]}]}]}""")]
    [DataRow("""{"resourceLogs":[{""")]
    [DataRow("")]
    public void A_value_of_another_type_makes_no_request(string request) =>
        Assert.IsTrue(_transcoder.Encode(OtlpSignal.Logs, Encoding.UTF8.GetBytes(request)).IsEmpty);

    /// <summary>Lines that version 0.1.0 queued: with other trace ids, a status on success, and a status message.</summary>
    [TestMethod]
    [DataRow(OtlpSignal.Logs, """{"resourceLogs":[{"scopeLogs":[{"scope":{"name":"Containers.Telemetry","version":"1","attributes":[{"key":"containers_telemetry.min_reader_version","value":{"intValue":"1"}}]},"logRecords":[{"timeUnixNano":"1795167000000000000","observedTimeUnixNano":"1795167000000000000","severityNumber":9,"severityText":"INFO","eventName":"sdk/container/publish/success","attributes":[{"key":"containers_telemetry.image.size","value":{"intValue":"91234567"}},{"key":"containers_telemetry.features_used","value":{"arrayValue":{"values":[{"stringValue":"ContainerFamily"}]}}}],"traceId":"019ab2c45d6e7f809a1b2c3d4e5f6070","spanId":"9a1b2c3d4e5f6070","flags":1}]}],"resource":{"attributes":[{"key":"containers_telemetry.wsl","value":{"boolValue":false}}]}}]}""")]
    [DataRow(OtlpSignal.Traces, """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"Containers.Telemetry"}}]},"scopeSpans":[{"scope":{"name":"Containers.Telemetry","version":"1"},"spans":[{"traceId":"019ab2c45d6e7f809a1b2c3d4e5f6070","spanId":"9a1b2c3d4e5f6070","flags":257,"name":"container publish","kind":1,"startTimeUnixNano":"1795166999000000000","endTimeUnixNano":"1795167000000000000","attributes":[],"status":{"message":"timeout","code":2}}]}]}]}""")]
    public void Lines_of_the_first_version_keep_every_field(OtlpSignal signal, string line)
    {
        string decoded = OtlpProtobuf.ToJson(Lines.NameOf(signal), _transcoder.Encode(signal, Encoding.UTF8.GetBytes(line)));

        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(line.Replace("\"attributes\":[],", "", StringComparison.Ordinal)), JsonNode.Parse(decoded)), decoded);
    }

    [TestMethod]
    public void Lines_become_one_request_and_those_that_cannot_are_counted()
    {
        var body = new MemoryStream();
        var batch = new OtlpBatch(body, OtlpSignal.Logs, _transcoder);
        foreach (string line in (string[])
            ["""{"resourceLogs":[{"schemaUrl":"a"}]}""", """{"resourceLogs":[{"schemaUrl":1}]}""", """{"resourceLogs":[{"schemaUrl":"b"}]}"""])
        {
            batch.TryAppend(Encoding.UTF8.GetBytes(line));
        }

        batch.Complete();

        Assert.AreEqual(2, batch.Count);
        Assert.AreEqual(1, batch.RefusedCount);
        Assert.AreEqual("""{"resourceLogs":[{"schemaUrl":"a"},{"schemaUrl":"b"}]}""", OtlpProtobuf.ToJson("logs", body.ToArray()));
    }

    private static IEnumerable<(OtlpSignal Signal, byte[] Line)> ArbitraryLines()
    {
        foreach (ContainerEvent written in ArbitraryEvents.Events.Generator.Sample(100, 100))
        {
            var environment = new KeyValuePair<string, string>("deployment.environment.name", "pr\u00f6d\n");
            yield return (OtlpSignal.Logs, Lines.Log(written, Lines.PipelineTrace, environment));
            yield return (OtlpSignal.Traces, Lines.Span(written, Start, Lines.PipelineTrace));
            yield return (OtlpSignal.Traces, Lines.SpanWithParts(written));
            yield return (OtlpSignal.Metrics, Lines.Metrics(written, Start));
        }
    }
}
