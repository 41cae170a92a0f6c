using System.Text.Json;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.StoreGenerator;

namespace Containers.Telemetry.ReportPage.Tests;

/// <summary>A generated store, its report, and the report's HTML page in a file.</summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("containers-telemetry-page-").FullName;
    private readonly string _file;

    private ReportFile(int publishes, Func<ReportResult, ReportResult> change, ReportQueryText query, Func<string, string> lines)
    {
        Store = Path.Combine(_folder, "events");
        Directory.CreateDirectory(Store);
        if (publishes > 0)
        {
            GeneratedStore.Write(Store, publishes, seed: 7);
            foreach (string file in Directory.GetFiles(Store))
            {
                File.WriteAllText(file, lines(File.ReadAllText(file)));
            }
        }

        Report = change(Run(query));
        _file = Path.Combine(_folder, "report.html");
        using FileStream output = File.Create(_file);
        HtmlRenderer.Write(Report, output);
    }

    public string Store { get; }

    public ReportResult Report { get; }

    public string Url => new Uri(_file).AbsoluteUri;

    /// <param name="lines">Changes the lines of the store.</param>
    public static ReportFile Create(
        int publishes, Func<ReportResult, ReportResult>? change = null, ReportQueryText? query = null, Func<string, string>? lines = null) =>
        new(publishes, change ?? (static report => report), query ?? new ReportQueryText(), lines ?? (static text => text));

    /// <summary>Runs a report on the same store.</summary>
    public ReportResult Run(ReportQueryText text)
    {
        DateTimeOffset now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
        Assert.IsEmpty(ReportQuery.Parse(text, now, out ReportQuery query));
        return Containers.Telemetry.Reports.Report.Run([Store], query with { IsFilterable = true }, null, now);
    }

    /// <summary>The report as JSON.</summary>
    public static JsonElement Json(ReportResult report)
    {
        using var buffer = new MemoryStream();
        JsonRenderer.Write(report, buffer);
        return JsonDocument.Parse(buffer.ToArray()).RootElement;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
