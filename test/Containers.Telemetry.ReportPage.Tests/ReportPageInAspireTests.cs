using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Containers.Telemetry.Endpoints;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Otlp;
using Containers.Telemetry.Outboxes;
using Containers.Telemetry.Settings;
using Containers.Telemetry.StoreGenerator;
using Containers.Telemetry.TestInfrastructure;
using Containers.Telemetry.TestInfrastructure.Publishing;
using Microsoft.Playwright;

namespace Containers.Telemetry.ReportPage.Tests;

/// <summary>
/// The Aspire dashboard with generated publishes. With the environment variable <c>CONTAINERS_TELEMETRY_UPDATE_DOCS</c> set to 1 the test takes the
/// pictures for the documentation.
/// </summary>
[TestClass]
[NeedsAspireDashboard]
public sealed partial class ReportPageInAspireTests
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string TimeoutVariable = "OTEL_EXPORTER_OTLP_TIMEOUT";
    private const int Publishes = 60;
    private const int RowsOnScreen = 8;

    private static AspireDashboard _dashboard = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext context) => _dashboard = await AspireDashboard.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync() => await _dashboard.DisposeAsync();

    [TestMethod]
    [DataRow(null, 1)]
    [DataRow("http/json", 2)]
    [DataRow("grpc", 3)]
    public async Task Every_event_and_span_arrives_and_can_be_read(string? protocol, int seed)
    {
        GeneratedEvent[] sent = Generate(seed);

        Send(sent, protocol);

        string[] ids = [.. sent.Select(static generated => Field(generated, DetailFields.EventId))];
        JsonObject[] records = [.. (await _dashboard.GetLogRecordsAsync()).Where(record => ids.Contains(AspireDashboard.Attribute(record, "log.record.uid")))];
        CollectionAssert.AreEquivalent(ids, records.Select(static record => AspireDashboard.Attribute(record, "log.record.uid")).ToArray());
        Assert.IsTrue(records.All(static record => !string.IsNullOrEmpty((string?)record["body"]?["stringValue"])));
        string[] ended = [.. sent.Where(EndsPublish).Select(static generated => Field(generated, DetailFields.PublishId))];
        JsonObject[] spans = [.. (await _dashboard.GetSpansAsync()).Where(span => span["parentSpanId"] is null && ended.Contains(PublishOf(span)))];
        CollectionAssert.AreEquivalent(ended, spans.Select(PublishOf).ToArray());
        Assert.IsTrue(
            spans.Select(static span => (string?)span["traceId"]).ToHashSet().IsSubsetOf(records.Select(static record => (string?)record["traceId"])));
    }

    [TestMethod]
    [NeedsChromium]
    public async Task Its_pages_show_messages_and_tell_traces_apart()
    {
        Send(Generate(seed: 4), protocol: null);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await Browser.StartAsync(playwright);
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 640 }, ColorScheme = ColorScheme.Light });
        page.SetDefaultTimeout(Browser.HangLimit);

        string[][] logs = await RowsAsync(page, "structuredlogs", "aspire-logs.png");
        string[][] traces = await RowsAsync(page, "traces", "aspire-traces.png");

        Assert.IsTrue(logs.All(static row => row.Any(static cell => Message().IsMatch(cell))), string.Join('\n', logs[0]));
        string[] names = [.. traces.Select(static row => row.Single(static cell => cell.Contains(OtlpSpanLine.SpanName, StringComparison.Ordinal)))];
        CollectionAssert.AllItemsAreUnique(names);
    }

    private static GeneratedEvent[] Generate(int seed) => [.. PublishHistory.Events(Publishes, new Random(seed), isPlain: false)];

    private static bool EndsPublish(GeneratedEvent generated) => generated.Event.Find(DetailFields.EndsPublish) is true;

    private static string Field(GeneratedEvent generated, EventField field) => (string)generated.Event.Find(field)!;

    private static string? PublishOf(JsonObject span) => AspireDashboard.Attribute(span, DetailFields.PublishId.Attribute);

    private static void Send(GeneratedEvent[] events, string? protocol)
    {
        using TemporaryFolder folder = new();
        using OtlpExport export = new(Settings(protocol), folder.Combine("outbox"), "1.2.3");
        foreach (GeneratedEvent generated in events)
        {
            Append(export, generated);
        }

        (DrainResult? logs, DrainResult? traces) = export.Drain(TimeSpan.FromMinutes(1), CancellationToken.None);

        Assert.AreEqual(DrainEnd.Empty, logs?.End);
        Assert.AreEqual(DrainEnd.Empty, traces?.End);
    }

    private static OtlpSettings Settings(string? protocol)
    {
        string endpoint = (protocol == "grpc" ? _dashboard.Grpc : _dashboard.Http).AbsoluteUri;
        List<SettingProblem> problems = [];
        OtlpSettings? settings = OtlpSettings.Resolve(
            endpoint: null,
            allowInsecureEndpoint: null,
            name => name switch { EndpointVariable => endpoint, ProtocolVariable => protocol, TimeoutVariable => "60000", _ => null },
            problems);
        Assert.IsEmpty(problems);
        return settings!;
    }

    private static void Append(OtlpExport export, GeneratedEvent generated)
    {
        using MemoryStream line = new();
        OtlpLogLine.Write(line, generated.Event, generated.Trace, [], isSent: true);
        export.Append(OtlpSignal.Logs, line.ToArray());
        if (EndsPublish(generated))
        {
            line.SetLength(0);
            OtlpSpanLine.Write(line, generated.Event, generated.Time.AddMilliseconds(-(long)generated.Event.Find(DetailFields.Duration)!), generated.Trace, []);
            export.Append(OtlpSignal.Traces, line.ToArray());
        }
    }

    // Waits for the visible rows and reads them in one step, because the dashboard redraws its rows while records arrive.
    private static async Task<string[][]> RowsAsync(IPage page, string path, string picture)
    {
        await page.GotoAsync(new Uri(_dashboard.Pages, path).AbsoluteUri);
        IJSHandle rowsOnScreen = await page.WaitForFunctionAsync(
            """
            count => {
              const rows = [...document.querySelectorAll('tbody tr')]
                .map(row => [...row.cells].map(cell => cell.innerText.trim()))
                .filter(row => row.length > 3 && row.some(cell => cell));
              return rows.length >= count && rows.some(row => row.some(cell => cell.includes('container publish'))) && rows;
            }
            """,
            RowsOnScreen);
        string[][] rows = await rowsOnScreen.JsonValueAsync<string[][]>();
        if (Environment.GetEnvironmentVariable("CONTAINERS_TELEMETRY_UPDATE_DOCS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "images", picture) });
        }

        return rows;
    }

    [GeneratedRegex("^(base image|container publish) ")]
    private static partial Regex Message();
}
