using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Outboxes;

[TestClass]
public sealed class OtlpBatchTests
{
    private const string Element = """{"resource":{}}""";

    [TestMethod]
    public void TryAppend_Lines_BecomeOneRequest()
    {
        byte[] first = Lines.Log(Examples.Success());
        byte[] second = Lines.Log(Examples.Full(EventNames.Error));

        StoredLine read = OtlpLogReader.Read(Lines.Batch(OtlpSignal.Logs, first, second));

        Assert.AreEqual(StoredLineState.Read, read.State);
        CollectionAssert.AreEqual(new[] { EventNames.Success, EventNames.Error }, read.Events.Select(stored => stored.Event.Name).ToArray());
    }

    [TestMethod]
    [DataRow(OtlpSignal.Logs, "resourceLogs")]
    [DataRow(OtlpSignal.Traces, "resourceSpans")]
    public void TryAppend_Signal_TakesItsOwnLinesOnly(OtlpSignal signal, string own)
    {
        var body = new MemoryStream();
        var batch = new OtlpBatch(body, signal);

        bool[] taken = new[] { "resourceLogs", "resourceSpans", "resourceMetrics" }.Select(
            name => batch.TryAppend(Bytes($$"""{"{{name}}":[{{Element}}]}"""))).ToArray();
        batch.Complete();

        Assert.AreEqual(1, taken.Count(wasTaken => wasTaken));
        Assert.AreEqual(1, batch.Count);
        Assert.AreEqual(2, batch.RefusedCount);
        Assert.AreEqual($$"""{"{{own}}":[{{Element}}]}""", Lines.Text(body.ToArray()));
    }

    [TestMethod]
    [DataRow("""{"resourceLogs":[{"a":1},{"b":2}]}""", """{"a":1},{"b":2}""")]
    [DataRow("""{"resourceLogs":[{"a":"]}"}]}""" + "\r\n", """{"a":"]}"}""")]
    [DataRow(""" { "resourceLogs" : [ {"a":1} ] } """, """ {"a":1} """)]
    public void TryAppend_RequestInAnotherForm_IsAccepted(string line, string expected) =>
        Assert.AreEqual($$"""{"resourceLogs":[{{expected}}]}""", Lines.Text(Lines.Batch(OtlpSignal.Logs, Bytes(line))));

    [TestMethod]
    [DataRow("")]
    [DataRow("\n")]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{"resourceLogs":[]}""")]
    [DataRow("""{"resourceLogs":[1]}""")]
    [DataRow("""{"resourceLogs":[{},1]}""")]
    [DataRow("""{"resourceLogs":{}}""")]
    [DataRow("""{"resourceLogs":[{}""")]
    [DataRow("""{"resourceLogs":[{}]""")]
    [DataRow("""{"resourceLogs":[{}],"x":[1]}""")]
    [DataRow("""{"x":1,"resourceLogs":[{}]}""")]
    [DataRow("""{"resourceLogs":[{}]}{"resourceLogs":[{}]}""")]
    [DataRow("""{"resourceLogs":[{}],"resourceLogs":[{}]}""")]
    [DataRow("""{"resourceLogs":[{},]}""")]
    [DataRow("\0\0\0\0")]
    public void TryAppend_OtherTextThanARequest_IsRefused(string line)
    {
        var body = new MemoryStream();
        var batch = new OtlpBatch(body, OtlpSignal.Logs);

        Assert.IsFalse(batch.TryAppend(Bytes(line)));
        Assert.IsTrue(batch.TryAppend(Bytes($$"""{"resourceLogs":[{{Element}}]}""")));
        batch.Complete();

        Assert.AreEqual(1, batch.RefusedCount);
        Assert.AreEqual($$"""{"resourceLogs":[{{Element}}]}""", Lines.Text(body.ToArray()));
    }

    [TestMethod]
    public void TryAppend_NotUtf8_IsRefused() =>
        Assert.IsFalse(new OtlpBatch(new MemoryStream(), OtlpSignal.Logs).TryAppend([.. Bytes("{\"resourceLogs\":[{\"a\":\""), 0xff, .. Bytes("\"}]}")]));

    [TestMethod]
    public void TryAppend_LineTornAnywhere_IsRefused()
    {
        byte[] line = Lines.Log(Examples.Success());
        var batch = new OtlpBatch(new MemoryStream(), OtlpSignal.Logs);

        for (int length = 0; length < line.Length - 1; length++)
        {
            Assert.IsFalse(batch.TryAppend(line.AsSpan(0, length)), $"cut at {length}");
        }

        Assert.IsTrue(batch.TryAppend(line.AsSpan(0, line.Length - 1)), "only the line feed is missing");
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
