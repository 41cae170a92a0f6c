using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Otlp;

[TestClass]
public sealed class OtlpLogReaderTests
{
    [TestMethod]
    public void Read_LineOfTheWriter_IsTheEvent()
    {
        ContainerEvent written = Examples.Full(EventNames.Error);
        written.SetDimension("team", "payments");

        StoredEvent read = OtlpLogReader.Read(Lines.Log(written, Lines.PipelineTrace)).Events.Single();

        AssertEqual(written, read.Event);
        Assert.AreEqual(DateTimeOffset.Parse(DetailFields.Time.Example, null), read.Time);
        Assert.AreEqual("0af7651916cd43dd8448eb211c80319c", read.TraceId);
        Assert.AreEqual("9a1b2c3d4e5f6070", read.SpanId);
    }

    [TestMethod]
    public void Read_FileOfACollector_GivesTheRecordsOfThisProduct()
    {
        StoredLine line = Read(
            """
            {"unknown":{"a":[1]},"resourceLogs":[
              {"schemaUrl":"https://opentelemetry.io/schemas/1.37.0","scopeLogs":[
                {"logRecords":[
                  {"body":{"stringValue":"text"},"spanId":"9A1B2C3D4E5F6070","traceId":"019AB2C45D6E7F809A1B2C3D4E5F6070","eventName":"sdk/container/publish/success","timeUnixNano":1795167000000000100,
                   "attributes":[{"value":{"intValue":812},"key":"containers_telemetry.duration_ms"},{"key":"cicd.pipeline.task.run.result","value":{"stringValue":"success"}},{"key":"new.attribute","value":{"kvlistValue":{"values":[]}}}]},
                  {"eventName":"sdk/container/inference","timeUnixNano":"5","attributes":[{"key":"containers_telemetry.duration_ms","value":{"intValue":"7"}}]}],
                 "scope":{"attributes":[{"value":{"intValue":1},"key":"containers_telemetry.min_reader_version"}],"version":"1","name":"Containers.Telemetry"}},
                {"scope":{"name":"Containers.Telemetry"},"logRecords":[{"eventName":"sdk/container/alice"},{}]},
                {"scope":{"name":"Another.Program"},"logRecords":[{"eventName":"sdk/container/publish/success"}]}],
               "resource":{"attributes":[{"value":{"stringValue":"amd64"},"key":"host.arch"}]}},
              {"resource":{},"scopeLogs":[{"scope":{"name":"Containers.Telemetry"},"logRecords":[{"attributes":[{"key":"event.name","value":{"stringValue":"sdk/container/publish/error"}}]}]}]}]}
            """);

        Assert.AreEqual(StoredLineState.Read, line.State);
        CollectionAssert.AreEqual(
            new[] { EventNames.Success, EventNames.Inference, EventNames.Error }, line.Events.Select(stored => stored.Event.Name).ToArray());
        StoredEvent success = line.Events[0];
        Assert.AreEqual(812L, success.Event.Find(DetailFields.Duration));
        Assert.AreEqual("success", success.Event.Find(DetailFields.Outcome));
        Assert.AreEqual("X64", success.Event.Find(SurroundingsFields.Architecture));
        Assert.AreEqual("019ab2c45d6e7f809a1b2c3d4e5f6070", success.TraceId);
        Assert.AreEqual("9a1b2c3d4e5f6070", success.SpanId);
        Assert.AreEqual(DateTimeOffset.UnixEpoch.AddTicks(17_951_670_000_000_001), success.Time);
        Assert.AreEqual(7L, line.Events[1].Event.Find(DetailFields.Duration));
        Assert.IsNull(line.Events[2].TraceId);
    }

    [TestMethod]
    public void Read_LineOfANewerVersion_NamesTheNeededReaderAndReadsTheRest()
    {
        string ours = Lines.Text(Lines.Log(Examples.Success()));
        string newer = ours.Replace(
            """min_reader_version","value":{"intValue":"2"}""", """min_reader_version","value":{"intValue":"7"}""", StringComparison.Ordinal);

        StoredLine line = OtlpLogReader.Read(Lines.Batch(OtlpSignal.Logs, Encoding.UTF8.GetBytes(newer), Encoding.UTF8.GetBytes(ours)));

        Assert.AreEqual(StoredLineState.Read, line.State);
        Assert.AreEqual(7, line.NeededReaderVersion);
        Assert.AreEqual(1, line.SkippedCount);
        Assert.HasCount(1, line.Events);
    }

    [TestMethod]
    public void Read_NewerLineThatThisReaderUnderstands_IsReadWithWhatIsKnown()
    {
        string newer = Lines.Text(Lines.Log(Examples.Success()))
            .Replace("""schema_version","value":{"intValue":"2"}""", """schema_version","value":{"intValue":"9"}""", StringComparison.Ordinal)
            .Replace("\"logRecords\":[{", "\"logRecords\":[{\"newField\":{\"deep\":[1,2]},", StringComparison.Ordinal)
            .Replace("containers_telemetry.duration_ms", "containers_telemetry.new_name", StringComparison.Ordinal);

        StoredEvent stored = Read(newer).Events.Single();

        Assert.AreEqual(9L, stored.Event.Find(DetailFields.SchemaVersion));
        Assert.IsNull(stored.Event.Find(DetailFields.Duration));
        Assert.AreEqual("success", stored.Event.Find(DetailFields.Outcome));
    }

    [TestMethod]
    [DataRow("", StoredLineState.NotJson)]
    [DataRow("{\"resourceLogs\":[{\"resource\":{\"attri", StoredLineState.NotJson)]
    [DataRow("\0\0\0", StoredLineState.NotJson)]
    [DataRow("{} {}", StoredLineState.NotJson)]
    [DataRow("null", StoredLineState.NotJson)]
    [DataRow("[1]", StoredLineState.NotJson)]
    [DataRow("{\"resourceLogs\":[{\"schemaUrl\":\"\\ud800\"}]}", StoredLineState.NotJson)]
    [DataRow("{\"resourceLogs\":[{\u0018", StoredLineState.Canceled)]
    [DataRow("{\"resourceSpans\":[]}", StoredLineState.OtherSignal)]
    [DataRow("{\"schemaUrl\":\"\",\"resourceMetrics\":[]}", StoredLineState.OtherSignal)]
    [DataRow("{\"note\":\"resourceSpans\"}", StoredLineState.OtherJson)]
    [DataRow("{\"resourceLogs\":{}}", StoredLineState.OtherJson)]
    [DataRow("{\"resourceLogs\":[1,null,{\"resource\":7,\"scopeLogs\":[{\"scope\":[]}]}]}", StoredLineState.Read)]
    public void Read_ForeignLine_IsReported(string text, StoredLineState expected)
    {
        StoredLine line = Read(text);

        Assert.AreEqual(expected, line.State);
        Assert.IsEmpty(line.Events);
        Assert.IsNull(line.NeededReaderVersion);
    }

    [TestMethod]
    [DataRow("host.arch", "{\"stringValue\":\"contoso\"}")]
    [DataRow("host.arch", "{\"stringValue\":\"\"}")]
    [DataRow("host.arch", "{\"intValue\":\"1\"}")]
    [DataRow("http.response.status_code", "{\"intValue\":\"99999999999999999999\"}")]
    [DataRow("http.response.status_code", "{\"intValue\":-1}")]
    [DataRow("http.response.status_code", "{\"stringValue\":\"200\"}")]
    [DataRow("containers_telemetry.wsl", "{\"stringValue\":\"true\"}")]
    [DataRow("containers_telemetry.base_image.name", "{\"stringValue\":\"contoso.example/app\"}")]
    [DataRow("containers_telemetry.base_image.tag", "{\"stringValue\":\"10.0\"}")]
    [DataRow("containers_telemetry.target_framework", "{\"stringValue\":\"10.0\"}")]
    [DataRow("containers_telemetry.features_used", "{\"arrayValue\":{\"values\":[{\"stringValue\":\"Secret\"},7]}}")]
    [DataRow("containers_telemetry.dimension.Team", "{\"stringValue\":\"payments\"}")]
    [DataRow("containers_telemetry.dimension.team", "{\"stringValue\":\"a b\"}")]
    [DataRow("error.type", "7")]
    public void Read_ValueThatItsFieldDoesNotAllow_IsPassedOver(string attribute, string value)
    {
        StoredEvent stored = Read(
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"scope\":{\"name\":\"Containers.Telemetry\"},\"logRecords\":[{\"eventName\":\"sdk/container/publish/error\","
            + $"\"attributes\":[{{\"key\":\"{attribute}\",\"value\":{value}}}]}}]}}]}}]}}").Events.Single();

        Assert.IsEmpty(stored.Event.Dimensions);
        CollectionAssert.AreEqual(new[] { DetailFields.Time }, stored.Event.Values.Select(pair => pair.Key).ToArray());
    }

    [TestMethod]
    public void Read_InvalidUtf8_IsReported() =>
        Assert.AreEqual(StoredLineState.NotUtf8, OtlpLogReader.Read([.. "{\"resourceLogs\":[],\"a\":\""u8, 0xff, .. "\"}"u8]).State);

    [TestMethod]
    public void Read_AttributeOfARecordAndOfItsResource_IsThatOfTheRecord()
    {
        StoredEvent stored = Read(
            """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"host.arch","value":{"stringValue":"amd64"}}]},"scopeLogs":[{"scope":{"name":"Containers.Telemetry"},
            "logRecords":[{"eventName":"containers_telemetry.publish.success","attributes":[{"key":"host.arch","value":{"stringValue":"arm64"}}]}]}]}]}
            """).Events.Single();

        Assert.AreEqual("Arm64", stored.Event.Find(SurroundingsFields.Architecture));
    }

    [TestMethod]
    public void FindTime_LogAndSpan_IsTheTimeOfTheEventAndTheStartOfThePublish()
    {
        var start = new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

        Assert.AreEqual(DateTimeOffset.Parse(DetailFields.Time.Example, null), OtlpLogReader.FindTime(Lines.Log(Examples.Full(EventNames.Error))));
        Assert.AreEqual(start, OtlpLogReader.FindTime(Lines.Span(Examples.Success(), start)));
        Assert.IsNull(OtlpLogReader.FindTime("{\"resourceLogs\":[]}"u8));
        Assert.IsNull(OtlpLogReader.FindTime("{\"resourceLogs\":["u8));
    }

    [TestMethod]
    [DataRow("", "", true)]
    [DataRow("{\"resourceLogs\"", "{ \"resourceLogs\"", true)]
    [DataRow("Containers.Telemetry\",", "Containers.Telemetry\" ,", true)]
    [DataRow("\"version\":\"", "\"version\":\"\\\"logRecords\\\":[{\\\"timeUnixNano\\\":\\\"7\\\"", true)]
    [DataRow("\"logRecords\":[", "\"logRecords\": [", true)]
    [DataRow("\"timeUnixNano\":\"", "\"timeUnixNano\":\"x", false)]
    [DataRow("\"timeUnixNano\":\"", "\"timeUnixNano\":\"99999999999999999999", false)]
    [DataRow("\"timeUnixNano\":\"", "\"timeUnixNano\":\"0\",\"a\":\"", false)]
    public void FindTime_AnyFormOfALine_IsWhatTheFieldOfTheRecordSays(string old, string replacement, bool hasTime)
    {
        string line = Encoding.UTF8.GetString(Lines.Log(Examples.Full(EventNames.Error)));
        string changed = old.Length == 0 ? line : line.Replace(old, replacement, StringComparison.Ordinal);

        DateTimeOffset? time = OtlpLogReader.FindTime(Encoding.UTF8.GetBytes(changed));

        Assert.AreEqual(hasTime ? DateTimeOffset.Parse(DetailFields.Time.Example, null) : null, time);
        Assert.IsTrue(old.Length == 0 || changed != line);
    }

    internal static void AssertEqual(ContainerEvent expected, ContainerEvent actual)
    {
        Assert.AreEqual(expected.Name, actual.Name);
        CollectionAssert.AreEquivalent(expected.Dimensions.ToArray(), actual.Dimensions.ToArray());
        CollectionAssert.AreEquivalent(Comparable(expected), Comparable(actual));
    }

    private static string[] Comparable(ContainerEvent containerEvent) =>
        containerEvent.Values.Select(pair => pair.Key.Name + " = " + (pair.Value is string[] texts ? string.Join(" ", texts) : pair.Value)).ToArray();

    private static StoredLine Read(string line) => OtlpLogReader.Read(Encoding.UTF8.GetBytes(line));
}
