using System.Text.Json;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Tables;

namespace Containers.Telemetry.ReportThroughput;

/// <summary>The counts of every program: publishes by outcome and error, by SDK version, and by base image and tag.</summary>
internal sealed class PublishCounts
{
    // Sorted, so that the counts of two programs can be compared as text.
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    private PublishCounts()
    {
    }

    /// <summary>Makes a report of all sections, and takes the counts from it.</summary>
    public static PublishCounts Of(string folder)
    {
        ReportResult report = Report.Run([folder], new ReportQuery(), null, DateTimeOffset.UtcNow);
        Dictionary<string, ReportTable> tables = report.Tables.ToDictionary(static table => table.Id, StringComparer.Ordinal);
        var counts = new PublishCounts();
        foreach (Dictionary<string, object?> row in Rows(tables["success-rate"]))
        {
            counts.Add("outcome success ", row["Succeeded"]);
            counts.Add("outcome cancellation canceled", row["Canceled"]);
        }

        foreach (Dictionary<string, object?> row in Rows(tables["failures"]))
        {
            counts.Add("outcome failure " + row["Error"], row["Failures"]);
        }

        foreach (Dictionary<string, object?> row in Rows(tables["sdk-versions"]))
        {
            counts.Add("sdk " + row["SdkVersion"], row["Publishes"]);
        }

        foreach (Dictionary<string, object?> row in Rows(tables["base-images"]))
        {
            counts.Add("image " + Name(row["BaseImage"]) + ":" + Name(row["BaseImageTag"]), row["Publishes"]);
        }

        return counts;

        static string Name(object? cell) => cell is string text and not CellText.None ? text : "";
    }

    /// <summary>Reads the counts that a program wrote.</summary>
    public static PublishCounts Parse(string json)
    {
        var counts = new PublishCounts();
        foreach ((string key, long count) in JsonSerializer.Deserialize<Dictionary<string, long>>(json)!)
        {
            counts.Add(key, count);
        }

        return counts;
    }

    public string ToJson() => JsonSerializer.Serialize(_counts);

    private static IEnumerable<Dictionary<string, object?>> Rows(ReportTable table) =>
        table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(static pair => pair.First.Id, static pair => pair.Second, StringComparer.Ordinal));

    private void Add(string key, object? count)
    {
        if (count is long number and > 0)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + number;
        }
    }
}
