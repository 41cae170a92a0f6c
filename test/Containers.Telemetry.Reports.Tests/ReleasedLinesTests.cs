using System.Globalization;
using System.Text;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Reports.Storage;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>Reports over lines that version 0.1.0 wrote, alone and together with current lines.</summary>
[TestClass]
public sealed class ReleasedLinesTests : IDisposable
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "corpus", "0.1.0.jsonl"));

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [TestMethod]
    public void OldLines_GiveTheReportOfTheSameEventsWrittenToday()
    {
        using var renewed = new TestStore();
        _store.Write(Lines);
        renewed.Write([.. Lines.Select(Renew)]);

        Assert.AreEqual(Json(renewed), Json(_store));
    }

    [TestMethod]
    public void OldAndNewLinesOfOnePublish_AreOnePublish()
    {
        // Skips the first lines: they hold every field whatever their event, unlike the events of a real publish.
        string[] lines = Lines[EventNames.All.Length..];
        _store.Write([.. lines.Where((_, i) => i % 2 == 0), .. lines.Where((_, i) => i % 2 == 1).Select(Renew)]);

        ReportResult report = _store.Report(new() { Until = "2027-01-01" });

        List<DocumentedPublish> documented = DocumentedPublish.Read(_store.Folder);
        Assert.AreEqual(documented.Count(publish => publish.HasEnded), report.Publishes);
        Assert.AreEqual(documented.Count(publish => !publish.HasEnded), report.Unfinished);
        Assert.IsGreaterThan(40, report.Publishes);
        Assert.IsTrue(report.Reading.IsComplete);
    }

    [TestMethod]
    public void OldLines_AreReadByTheFastParser()
    {
        var layout = new RecordLayout(ReportField.All);
        var parser = new OwnLineParser(layout);
        var record = new EventRecord(layout);
        FieldColumn schemaVersion = layout[DetailFields.SchemaVersion];

        foreach (string line in Lines)
        {
            Assert.IsTrue(parser.TryParse(Encoding.UTF8.GetBytes(line), record, out int minReaderVersion), line);
            Assert.AreEqual(1, minReaderVersion);
            Assert.AreEqual(schemaVersion.NumberOf("1"), record.Numbers[schemaVersion.Index]);
            Assert.AreNotEqual(EventKind.Foreign, record.Kind);
        }
    }

    private static string Renew(string line)
    {
        StoredEvent stored = OtlpLogReader.Read(Encoding.UTF8.GetBytes(line)).Events.Single();
        return TestStore.Line(stored.Event);
    }

    private static string Json(TestStore store)
    {
        ReportResult report = store.Report(new() { Until = "2027-01-01" });
        Assert.IsTrue(report.Reading.IsComplete);
        return string.Join(
            '\n', report.Tables.Select(table => table.Id + "\n" + string.Join('\n', table.Rows.Select(static row => string.Join('|', row.Select(Text))))));
    }

    private static string? Text(object? cell) => Convert.ToString(cell, CultureInfo.InvariantCulture);
}
