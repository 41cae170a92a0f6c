using System.Globalization;
using System.Text.Json;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Tables;
using Microsoft.Playwright;

namespace Containers.Telemetry.ReportPage.Tests;

[TestClass]
[NeedsChromium]
public sealed class ReportPageTests
{
    private const string LinesOfPage = """
        () => [...document.querySelectorAll(".card")].map(card => ({
          id: card.id,
          rows: [...card.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => cell.textContent)),
        }))
        """;

    /// <summary>For each element with text of its own: the contrast of its colour with what it stands on, by WCAG 2.</summary>
    private const string LowContrasts = """
        () => {
          const channels = text => text.match(/[\d.]+/g).map(Number);
          const luminance = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const ground = element => {
            for (let at = element; at; at = at.parentElement) {
              const colour = channels(getComputedStyle(at).backgroundColor);
              if (colour.length < 4 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          const contrast = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
          const texts = [...document.body.querySelectorAll("*")]
            .filter(e => !["SCRIPT", "NOSCRIPT"].includes(e.tagName) && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
          const found = texts.map(e => [e.tagName + " " + e.textContent.slice(0, 40), contrast(channels(getComputedStyle(e).color), ground(e))]);
          const probe = document.createElement("i");
          document.body.append(probe);
          for (const canvas of document.querySelectorAll("canvas")) {
            const chart = Chart.getChart(canvas);
            for (const scale of Object.values(chart.options.scales)) {
              probe.style.color = scale.ticks.color;
              found.push(["chart", contrast(channels(getComputedStyle(probe).color), ground(canvas))]);
            }
          }
          probe.remove();
          if (found.length < 100) throw new Error("Only " + found.length + " texts.");
          return found.filter(([, value]) => value < 4.5).map(([text, value]) => text + " " + value);
        }
        """;

    private static ReportFile _file = null!;
    private static IPlaywright _playwright = null!;
    private static IBrowser _browser = null!;

    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    [ClassInitialize]
    public static async Task StartAsync(TestContext context)
    {
        _file = ReportFile.Create(publishes: 2_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await Browser.StartAsync(_playwright);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _file.Dispose();
    }

    [TestMethod]
    public async Task Page_IsOneFile_ThatLoadsNothing()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        CollectionAssert.AreEqual(new[] { _file.Url }, _requests.Where(static url => !url.StartsWith("data:", StringComparison.Ordinal)).ToArray());
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task Page_ThatWantsToLoadSomething_IsNotLetTo()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        string outcome = await Page(context).EvaluateAsync<string>("() => fetch('http://127.0.0.1:9/').then(() => 'loaded', error => error.message)");

        Assert.AreNotEqual("loaded", outcome);
        Assert.IsTrue(_complaints.Exists(static text => text.Contains("Content Security Policy", StringComparison.Ordinal)), string.Join('\n', _complaints));
    }

    [TestMethod]
    public async Task EveryChart_IsDrawn_WithATableBehindIt()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        JsonElement charts = await Page(context).EvaluateAsync<JsonElement>("""
            () => [...document.querySelectorAll("canvas")].map(canvas => ({
              colours: new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size,
              label: canvas.getAttribute("aria-label"),
              rows: canvas.closest(".card").querySelectorAll("tbody tr").length,
            }))
            """);

        Assert.IsGreaterThanOrEqualTo(14, charts.GetArrayLength());
        foreach (JsonElement chart in charts.EnumerateArray())
        {
            Assert.IsGreaterThan(2, chart.GetProperty("colours").GetInt32(), chart.ToString());
            Assert.IsGreaterThan(0, chart.GetProperty("rows").GetInt32(), chart.ToString());
            Assert.StartsWith("Bar chart: ", chart.GetProperty("label").GetString()!);
        }
    }

    [TestMethod]
    public async Task Figures_AreThoseOfJson()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        JsonElement json = ReportFile.Json(_file.Report);
        string embedded = (await Page(context).TextContentAsync("#report"))!;
        Assert.IsTrue(JsonElement.DeepEquals(json, JsonDocument.Parse(embedded).RootElement));
        Dictionary<string, string[][]> page = await TablesAsync(context);
        foreach (ReportTable table in _file.Report.Tables.Where(static table => table.Id != "success-rate"))
        {
            Assert.AreEqual(Lines(Rows(table)), Lines(page[table.Id]), table.Id);
        }

        Assert.AreEqual(_file.Report.Publishes.ToString("N0", CultureInfo.InvariantCulture), await TileAsync(context, "Publishes"));
    }

    [TestMethod]
    [DataRow("failures", "Error", "credential_failure")]
    [DataRow("failures", "Direction", "push")]
    [DataRow("transfers", "PullType", "MCR", "RemotePullType")]
    [DataRow("base-images", "BaseImageTag", "8.0")]
    [DataRow("publish-modes", "PublishMode", "SelfContained")]
    [DataRow("runtimes", "TargetRuntime", "linux-arm64")]
    [DataRow("sdk-versions", "SdkVersion", null)]
    [DataRow("ci", "CiProvider", null)]
    public async Task ClickingAName_Filters_AsWhereDoes(string section, string axis, string? value, string? field = null)
    {
        value ??= (string)_file.Report.Tables.Single(table => table.Id == section).Rows[0][0]!;
        ReportResult expected = _file.Run(new() { Where = [$"{field ?? axis}={(value == CellText.None ? "" : value)}"] });
        Assert.IsGreaterThan(0, expected.Publishes);
        Assert.IsLessThan(_file.Report.Publishes, expected.Publishes);
        await using IBrowserContext context = await OpenAsync(_file);

        await ClickNameAsync(context, section, axis, value);

        Assert.AreEqual($"{expected.Publishes:N0} of {_file.Report.Publishes:N0} publishes", await Page(context).TextContentAsync("#counts"));
        await AssertFiguresAsync(context, expected);
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task TwoFilters_NarrowTogether_AndCanBeRemoved()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        await ClickNameAsync(context, "failures", "Direction", "push");
        await Page(context).ClickAsync("#tiles [data-value=failed]");
        await AssertFiguresAsync(context, _file.Run(new() { Where = ["Direction=push", "Outcome=error"] }));

        await Page(context).ClickAsync("#chosen button >> nth=0");
        await AssertFiguresAsync(context, _file.Run(new() { Where = ["Outcome=error"] }));

        await Page(context).ClickAsync("#clear");
        Assert.AreEqual(_file.Report.Publishes.ToString("N0", CultureInfo.InvariantCulture), await TileAsync(context, "Publishes"));
        Assert.AreEqual(0, await Page(context).Locator("#chosen button").CountAsync());
    }

    [TestMethod]
    public async Task ClickingABar_Filters()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        IPage page = Page(context);
        await page.Locator("#publish-modes canvas").ScrollIntoViewIfNeededAsync();
        JsonElement bar = await page.EvaluateAsync<JsonElement>("""
            () => {
              const canvas = document.querySelector("#publish-modes canvas");
              const chart = Chart.getChart(canvas);
              const bar = chart.getDatasetMeta(0).data[0];
              return { x: (bar.base + bar.x) / 2, y: bar.y, label: chart.data.labels[0] };
            }
            """);

        await page.Locator("#publish-modes canvas").ClickAsync(new() { Position = new() { X = bar.GetProperty("x").GetSingle(), Y = bar.GetProperty("y").GetSingle() } });

        await AssertFiguresAsync(context, _file.Run(new() { Where = ["PublishMode=" + bar.GetProperty("label").GetString()] }));
    }

    [TestMethod]
    public async Task Keyboard_ReachesCharts_FiltersAndRemoves()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        IPage page = Page(context);
        for (int i = 0; i < 200 && !await IsFocusedAsync("#failures canvas"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.IsTrue(await IsFocusedAsync("#failures canvas"));
        await page.Keyboard.PressAsync("ArrowDown");
        string spoken = (await page.Locator("p.skip[role=status]").TextContentAsync())!;
        await page.Keyboard.PressAsync("Enter");

        await AssertFiguresAsync(context, _file.Run(new() { Where = ["Error=" + spoken[..spoken.IndexOf(':', StringComparison.Ordinal)]] }));
        Assert.IsTrue(await IsFocusedAsync("#failures canvas"));

        await page.FocusAsync("#chosen button");
        await page.Keyboard.PressAsync("Enter");
        Assert.AreEqual(0, await page.Locator("#chosen button").CountAsync());

        Task<bool> IsFocusedAsync(string selector) => page.EvaluateAsync<bool>("selector => document.activeElement === document.querySelector(selector)", selector);
    }

    [TestMethod]
    public async Task FilteringByKeyboard_LeavesTheKeyboardWhereItWas()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        IPage page = Page(context);
        await page.EvaluateAsync("() => { document.querySelector('#publish-modes details').open = true; }");
        await page.FocusAsync("#publish-modes tbody button >> nth=0");

        await page.Keyboard.PressAsync("Enter");

        Assert.AreEqual("true", await page.EvaluateAsync<string>("() => document.activeElement.closest('#publish-modes') && document.activeElement.getAttribute('aria-pressed')"));
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task Texts_HaveEnoughContrast(ColorScheme scheme)
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ColorScheme = scheme });
        await ClickNameAsync(context, "failures", "Direction", "push");
        await Page(context).ClickAsync("#tiles [data-value=failed]");
        await Page(context).EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");

        CollectionAssert.AreEqual(Array.Empty<string>(), await Page(context).EvaluateAsync<string[]>(LowContrasts));
    }

    [TestMethod]
    public async Task DarkMode_IsFollowed_WhileThePageIsOpen()
    {
        const string Colours = "() => [getComputedStyle(document.body).backgroundColor, Chart.getChart(document.querySelector('canvas')).options.scales.x.ticks.color]";
        await using IBrowserContext context = await OpenAsync(_file, new() { ColorScheme = ColorScheme.Light });
        string[] light = await Page(context).EvaluateAsync<string[]>(Colours);

        await Page(context).EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Page(context).WaitForFunctionAsync("before => Chart.getChart(document.querySelector('canvas')).options.scales.x.ticks.color !== before", light[1]);
        string[] dark = await Page(context).EvaluateAsync<string[]>(Colours);

        CollectionAssert.AreEqual(new[] { "rgb(245, 246, 248)", "#1b1f24" }, light);
        CollectionAssert.AreEqual(new[] { "rgb(20, 23, 27)", "#e6e9ed" }, dark);
    }

    [TestMethod]
    [DataRow(360)]
    [DataRow(768)]
    [DataRow(1280)]
    public async Task Page_IsNeverWiderThanTheScreen(int width)
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ViewportSize = new() { Width = width, Height = 740 } });
        await ClickNameAsync(context, "base-images", "BaseImageTag", "8.0");
        await Page(context).EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");

        Assert.IsLessThanOrEqualTo(width, await Page(context).EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.IsLessThanOrEqualTo(width, await Page(context).EvaluateAsync<int>("() => Math.max(...[...document.querySelectorAll('canvas')].map(one => Math.ceil(one.getBoundingClientRect().right)))"));
    }

    [TestMethod]
    public async Task Paper_HasAllTables_InLightColours()
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ColorScheme = ColorScheme.Dark });
        IPage page = Page(context);
        await page.EvaluateAsync("""
            () => addEventListener("beforeprint", () => {
              window.onPaper = {
                closed: document.querySelectorAll("details:not([open])").length,
                text: Chart.getChart(document.querySelector("canvas")).options.scales.x.ticks.color,
              };
            })
            """);

        byte[] pdf = await page.PdfAsync(new() { Format = "A4" });

        JsonElement paper = await page.EvaluateAsync<JsonElement>("() => window.onPaper");
        Assert.AreEqual(0, paper.GetProperty("closed").GetInt32());
        Assert.AreEqual("#1b1f24", paper.GetProperty("text").GetString());
        Assert.IsTrue(pdf.AsSpan().StartsWith("%PDF-"u8));
        Assert.IsGreaterThan(20_000, pdf.Length);
        Assert.AreEqual(0, await page.EvaluateAsync<int>("() => document.querySelectorAll('details[open]').length"));
    }

    [TestMethod]
    public async Task TextFromElsewhere_IsShown_NotRun()
    {
        const string Hostile = "</script><script>window.ran = true</script><!--<script>\u2028<img src=x onerror='window.ran = true'>";
        var table = new ReportTable("by", Hostile, [new("Hostile", Hostile, ColumnKind.Text), new("Publishes", "Publishes", ColumnKind.Count)], Hostile);
        table.Add(Hostile, 1L);
        using ReportFile file = ReportFile.Create(publishes: 10, report => report with { Tables = [table] });
        await using IBrowserContext context = await OpenAsync(file);

        Assert.IsFalse(await Page(context).EvaluateAsync<bool>("() => 'ran' in window"));
        Assert.AreEqual(Hostile, (await TablesAsync(context))["by"][0][0]);
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public async Task SmallStores_AreReportedToo(int publishes)
    {
        using ReportFile file = ReportFile.Create(publishes);
        await using IBrowserContext context = await OpenAsync(file);

        Assert.AreEqual(file.Report.Publishes.ToString(CultureInfo.InvariantCulture), await TileAsync(context, "Publishes"));
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task GroupedReport_IsFilteredByItsFields()
    {
        using ReportFile file = ReportFile.Create(publishes: 300, query: new() { By = ["SdkVersion,PublishMode"] });
        await using IBrowserContext context = await OpenAsync(file);

        await ClickNameAsync(context, "by", "PublishMode", "FrameworkDependent");

        ReportTable expected = file.Run(new() { By = ["SdkVersion,PublishMode"], Where = ["PublishMode=FrameworkDependent"] }).Tables.Single();
        string[][] page = (await TablesAsync(context))["by"];
        Assert.AreEqual(Lines(Rows(expected).Select(static row => row[..3])), Lines(page.Select(static row => row[..3])));
    }

    private static IPage Page(IBrowserContext context) => context.Pages[0];

    private static IEnumerable<string[]> Rows(ReportTable table) =>
        table.Rows.Select(row => row.Select((cell, column) => CellText.Format(table.Columns[column].Kind, cell)).ToArray());

    /// <summary>Rows as text, in an order that does not depend on which of two equal ones comes first.</summary>
    private static string Lines(IEnumerable<string[]> rows) => string.Join('\n', rows.Select(static row => string.Join(" | ", row)).Order(StringComparer.Ordinal));

    private static async Task ClickNameAsync(IBrowserContext context, string section, string axis, string value)
    {
        await Page(context).EvaluateAsync("section => { const details = document.querySelector(`#${section} details`); if (details) { details.open = true; } }", section);
        await Page(context).Locator($"#{section} button[data-axis='{axis}'][data-value='{value}']").First.ClickAsync();
    }

    private static async Task<Dictionary<string, string[][]>> TablesAsync(IBrowserContext context) =>
        (await Page(context).EvaluateAsync<JsonElement>(LinesOfPage)).EnumerateArray()
            .ToDictionary(static table => table.GetProperty("id").GetString()!, static table => table.GetProperty("rows").Deserialize<string[][]>()!);

    private static async Task<string> TileAsync(IBrowserContext context, string column) =>
        (await Page(context).TextContentAsync($"#tiles [data-column={column}] strong"))!;

    /// <summary>Compares all that a page can work out with a report of the same publishes.</summary>
    private static async Task AssertFiguresAsync(IBrowserContext context, ReportResult expected)
    {
        string[] sections = ["failures", "base-images", "publish-modes", "families", "runtimes", "features", "ci", "hosts", "sdk-versions", "over-time"];
        Dictionary<string, string[][]> page = await TablesAsync(context);
        foreach (ReportTable table in expected.Tables.Where(table => sections.Contains(table.Id)))
        {
            int[] known =
            [
                .. Enumerable.Range(0, table.Columns.Count)
                    .Where(column => table.Columns[column].Id is not ("Users" or "FirstSeen" or "LastSeen")),
            ];
            bool isTime = table.Id == "over-time";
            IEnumerable<string[]> wanted = Rows(table).Select(row => known.Select(column => row[column]).ToArray());
            Assert.AreEqual(Lines(wanted.Where(IsAny)), Lines(page[table.Id].Where(IsAny)), table.Id);

            bool IsAny(string[] row) => !isTime || row[1] != "0";
        }

        ReportTable whole = expected.Tables.Single(static table => table.Id == "success-rate");
        foreach (string column in new[] { "Publishes", "Succeeded", "Failed", "Canceled", "SuccessRate" })
        {
            int index = whole.Columns.ToList().FindIndex(candidate => candidate.Id == column);
            string text = CellText.Format(whole.Columns[index].Kind, whole.Rows[0][index]);
            Assert.AreEqual(text.Length == 0 ? "–" : text, await TileAsync(context, column));
        }
    }

    private async Task<IBrowserContext> OpenAsync(ReportFile file, BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await _browser.NewContextAsync(options);
        IPage page = await context.NewPageAsync();
        page.Request += (_, request) => _requests.Add(request.Url);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        await page.GotoAsync(file.Url);
        return context;
    }
}
