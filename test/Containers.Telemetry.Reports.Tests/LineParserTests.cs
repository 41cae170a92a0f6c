using System.Text;
using System.Text.Json.Nodes;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;
using Containers.Telemetry.StoreGenerator;
using FsCheck;
using FsCheck.Fluent;

namespace Containers.Telemetry.Reports.Tests;

[TestClass]
public sealed class LineParserTests
{
    private readonly RecordLayout _layout = new(ReportField.All.Append(ReportField.Find("dimension.team")!));

    [TestMethod]
    public void BothParsers_ReadTheSame()
    {
        var parser = new OwnLineParser(_layout);
        var own = new EventRecord(_layout);

        foreach (byte[] line in GeneratedLines(2000))
        {
            Assert.IsTrue(parser.TryParse(line, own, out int minReaderVersion), Encoding.UTF8.GetString(line));
            AssertSame(own, ParseAny(line).Single());
            Assert.AreEqual(OtlpFormat.MinReaderVersion, minReaderVersion);
        }
    }

    [TestMethod]
    public void BothParsers_ReadReleasedLinesTheSame()
    {
        var parser = new OwnLineParser(_layout);
        var own = new EventRecord(_layout);
        string[] lines =
        [
            .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.jsonl")
                .Where(static file => !file.EndsWith(".events.jsonl", StringComparison.Ordinal))
                .SelectMany(File.ReadLines),
        ];

        Assert.IsNotEmpty(lines);
        foreach (string line in lines)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            Assert.IsTrue(parser.TryParse(bytes, own, out _), line);
            AssertSame(own, ParseAny(bytes).Single());
        }
    }

    [TestMethod]
    public void ALineDamagedAnywhere_IsRefusedByTheFastParser_OrReadsTheSame()
    {
        byte[] line = Encoding.UTF8.GetBytes(TestStore.Success(1));
        var parser = new OwnLineParser(_layout);
        var own = new EventRecord(_layout);
        Prop.ForAll(
            Gen.Choose(0, line.Length - 1).ToArbitrary(),
            Gen.Choose(0, 127).ToArbitrary(),
            Gen.Choose(0, 40).ToArbitrary(),
            (position, replacement, deleted) =>
            {
                byte[] damaged = [.. line.AsSpan(0, position), (byte)replacement, .. line.AsSpan(Math.Min(line.Length, position + deleted))];
                if (parser.TryParse(damaged, own, out _))
                {
                    AssertSame(own, ParseAny(damaged).Single());
                }
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [TestMethod]
    public void OtherOrderSpacesAndUnknownKeys_ReadTheSame()
    {
        foreach (byte[] line in GeneratedLines(200))
        {
            string reordered = Reverse(JsonNode.Parse(line)!).ToJsonString(new() { WriteIndented = true }).ReplaceLineEndings(" ");

            AssertSame(ParseAny(line).Single(), ParseAny(Encoding.UTF8.GetBytes(reordered)).Single());
        }
    }

    [TestMethod]
    public void ManyRecordsALine_AreReadOneByOne()
    {
        byte[][] lines = [.. GeneratedLines(100)];
        var merged = new JsonArray(
            [.. lines.SelectMany(static line => JsonNode.Parse(line)!["resourceLogs"]!.AsArray()).Select(static node => node!.DeepClone())]);
        var records = ParseAny(Encoding.UTF8.GetBytes(new JsonObject { ["resourceLogs"] = merged }.ToJsonString()));

        Assert.HasCount(lines.Length, records);
        for (int i = 0; i < lines.Length; i++)
        {
            AssertSame(ParseAny(lines[i]).Single(), records[i]);
        }
    }

    [TestMethod]
    [DataRow("\"eventName\":\"cont", "\"eventName\":\"\\u0063ont")]
    [DataRow("\"intValue\":\"812\"", "\"intValue\":812")]
    [DataRow("\"timeUnixNano\":\"", "\"droppedAttributesCount\":0,\"timeUnixNano\":\"")]
    public void OtherWaysToWriteTheSame_AreRead(string written, string other)
    {
        string line = TestStore.Success(1, set: static made => made.Set(Events.Schema.DetailFields.Duration, 812));
        string changed = line.Replace(written, other, StringComparison.Ordinal);

        Assert.AreNotEqual(line, changed);
        AssertSame(ParseAny(Encoding.UTF8.GetBytes(line)).Single(), ParseAny(Encoding.UTF8.GetBytes(changed)).Single());
    }

    [TestMethod]
    [DataRow("\"name\":\"Containers.Telemetry\"", "\"name\":\"Other\"")]
    [DataRow("containers_telemetry.publish.success", "containers_telemetry.publish.started")]
    public void RecordsOfOthers_AreForeign(string written, string other)
    {
        string line = TestStore.Success(1).Replace(written, other, StringComparison.Ordinal);

        Assert.AreEqual(EventKind.Foreign, ParseAny(Encoding.UTF8.GetBytes(line)).Single().Kind);
    }

    [TestMethod]
    public void AnyPrefixOfALine_IsRefusedByBothParsers()
    {
        byte[] line = Encoding.UTF8.GetBytes(TestStore.Success(1));
        var parser = new OwnLineParser(_layout);
        var record = new EventRecord(_layout);
        parser.TryParse(line, record, out _);

        for (int length = 1; length < line.Length; length++)
        {
            Assert.IsFalse(parser.TryParse(line.AsSpan(0, length), record, out _));
            Assert.AreEqual(StoredLineState.NotJson, new OtlpLineParser(_layout, static (_, _) => Assert.Fail()).Parse(line.AsSpan(0, length)));
        }
    }

    private static IEnumerable<byte[]> GeneratedLines(int publishes)
    {
        foreach (GeneratedEvent generated in PublishHistory.Events(publishes, new Random(7), isPlain: false))
        {
            using var buffer = new MemoryStream();
            generated.WriteTo(buffer);
            yield return buffer.ToArray()[..^1];
        }
    }

    private static JsonNode Reverse(JsonNode node) => node switch
    {
        JsonObject value =>
            new JsonObject(
                value.Reverse()
                    .Select(static pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : Reverse(pair.Value)))
                    .Append(new("unknown", new JsonArray(1)))!),
        JsonArray value => new JsonArray([.. value.Select(static element => element is null ? null : Reverse(element))]),
        _ => node.DeepClone(),
    };

    private List<EventRecord> ParseAny(byte[] line)
    {
        var records = new List<EventRecord>();
        Assert.AreEqual(StoredLineState.Read, new OtlpLineParser(_layout, Take).Parse(line));
        return records;

        void Take(EventRecord record, int minReaderVersion)
        {
            var copy = new EventRecord(_layout) { Kind = record.Kind, Time = record.Time, EventId = record.EventId, PublishId = record.PublishId };
            record.Numbers.CopyTo(copy.Numbers, 0);
            records.Add(copy);
        }
    }

    private static void AssertSame(EventRecord expected, EventRecord actual)
    {
        Assert.AreEqual(expected.Kind, actual.Kind);
        Assert.AreEqual(expected.Time, actual.Time);
        Assert.AreEqual(expected.EventId, actual.EventId);
        Assert.AreEqual(expected.PublishId, actual.PublishId);
        Assert.AreSequenceEqual(expected.Numbers, actual.Numbers);
    }
}
