using System.Globalization;

namespace Containers.Telemetry.Reports.Tests;

/// <summary>Compares every figure of a publish with DuckDB's result for the same lines, over disturbed stores.</summary>
[TestClass]
public sealed class DisturbedStoreTests
{
    private static readonly string[] Fields = ["Time", "Outcome", "Error", "Direction", "Scope", "Duration", "ImageSize", "BaseImageTag", "SdkVersion"];

    [TestMethod]
    [DynamicData(nameof(Seeds))]
    public void EachPublish_HasTheOutcomeErrorDurationAndSize_OfTheEventThatEndedIt(int seed)
    {
        using var store = new TestStore();
        DisturbedStore.Write(store.Folder, publishes: 400, seed);
        List<DocumentedPublish> publishes = DocumentedPublish.Read(store.Folder);

        ReportResult report = store.Report(new() { By = Fields, Until = "2027-01-01" });

        string[] found =
        [
            .. report.Table("by").Rows
                .SelectMany(static row => Enumerable.Repeat(string.Join(' ', row[..Fields.Length].Select(Text)), (int)(long)row[Fields.Length]!)),
        ];
        string[] expected = [.. publishes.Where(static publish => publish.HasEnded).Select(Expected)];
        Assert.AreSequenceEqual(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.AreEqual(publishes.Count - expected.Length, report.Unfinished);
        Assert.IsGreaterThan(10, report.Unfinished);
    }

    public static IEnumerable<object[]> Seeds => Enumerable.Range(1, 12).Select(static seed => new object[] { seed });

    private static string Expected(DocumentedPublish publish) => string.Join(
        ' ',
        new object?[]
        {
            DateOnly.FromDateTime(publish.Time), publish.Outcome switch { "failure" => "error", "cancellation" => "canceled", var outcome => outcome },
            publish.Text("error.type"), publish.Text("containers_telemetry.error.direction"), publish.Text("containers_telemetry.scope"),
            publish.Number("containers_telemetry.duration_ms"), publish.Number("containers_telemetry.image.size"),
            publish.Text("containers_telemetry.base_image.tag"), publish.Text("containers_telemetry.sdk.version"),
        }.Select(Text));

    private static string Text(object? cell) => cell switch
    {
        null or Tables.CellText.None => "-",
        DateOnly day => Month(day),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };

    // The report groups more than a year of publishes by month.
    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
