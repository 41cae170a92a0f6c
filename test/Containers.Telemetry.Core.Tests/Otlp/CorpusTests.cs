using System.Text;
using System.Text.Json.Nodes;
using Containers.Telemetry.Events;
using Containers.Telemetry.Reports.Reading;

namespace Containers.Telemetry.Otlp;

/// <summary>
/// Lines that released versions wrote, and the events that those versions read from them. test/corpus has both for each version; its files never
/// change.
/// </summary>
[TestClass]
public sealed class CorpusTests
{
    private const string LinesExtension = ".jsonl";
    private const string EventsExtension = ".events.jsonl";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "corpus");

    [TestMethod]
    [DynamicData(nameof(Versions))]
    public void LinesOfAReleasedVersion_GiveTheSameEventsAsThen(string version)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, version + LinesExtension));
        string[] events = File.ReadAllLines(Path.Combine(Folder, version + EventsExtension));

        Assert.IsGreaterThan(100, lines.Length);
        Assert.HasCount(lines.Length, events);
        for (int i = 0; i < lines.Length; i++)
        {
            AssertSame(events[i], ReadOne(Encoding.UTF8.GetBytes(lines[i])));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Versions))]
    public void LinesOfAReleasedVersion_WrittenAgain_GiveTheSameEvents(string version)
    {
        foreach (string line in File.ReadLines(Path.Combine(Folder, version + LinesExtension)))
        {
            ContainerEvent old = ReadOne(Encoding.UTF8.GetBytes(line));

            ContainerEvent renewed = ReadOne(Lines.Log(old));

            old.Set(Events.Schema.DetailFields.SchemaVersion, Events.Schema.EventSchema.Version);
            AssertSame(PreviewFormat.Json(old), renewed);
        }
    }

    public static IEnumerable<object[]> Versions =>
        Directory.GetFiles(Folder, "*" + EventsExtension).Select(static file => new object[] { Path.GetFileName(file)[..^EventsExtension.Length] });

    private static ContainerEvent ReadOne(byte[] line) => OtlpLogReader.Read(line).Events.Single().Event;

    private static void AssertSame(string expected, ContainerEvent actual) =>
        Assert.IsTrue(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(PreviewFormat.Json(actual))), $"{expected}\n{PreviewFormat.Json(actual)}");
}
