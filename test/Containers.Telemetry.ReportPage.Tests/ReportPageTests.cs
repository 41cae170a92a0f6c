using System.Globalization;
using System.Text.Json;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.Reports.Tables;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Containers.Telemetry.ReportPage.Tests;

[TestClass]
[NeedsChromium]
public sealed class ReportPageTests
{
    /// <summary>
    /// These tables compare all values with those of earlier publishes. The page does not contain the earlier publishes, and says so.
    /// </summary>
    private static readonly string[] OfAllPublishes = ["answer", "changes", "new-errors"];

    private const string LinesOfPage = """
        () => {
          drawRest();
          return [...document.querySelectorAll("main .card")].map(card => ({
            id: card.id,
            rows: [...card.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell => cell.textContent)),
          }));
        }
        """;

    /// <summary>The contrast of each text with its background, by WCAG 2.</summary>
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
          for (const canvas of [...document.querySelectorAll("canvas")].filter(one => !one.closest("[hidden]"))) {
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
    public async Task Page_MayNotLoadAnything()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        string outcome = await Page(context).EvaluateAsync<string>("() => fetch('http://127.0.0.1:9/').then(() => 'loaded', error => error.message)");

        Assert.AreNotEqual("loaded", outcome);
        Assert.IsTrue(_complaints.Exists(static text => text.Contains("Content Security Policy", StringComparison.Ordinal)), string.Join('\n', _complaints));
    }

    [TestMethod]
    public async Task EveryChart_IsDrawn_AndHasATable()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        JsonElement charts = await Page(context).EvaluateAsync<JsonElement>("""
            () => {
              drawRest();
              return [...document.querySelectorAll("canvas")].map(canvas => ({
                colours: new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size,
                label: canvas.getAttribute("aria-label"),
                rows: (canvas.closest("#time") ? document.querySelector("#over-time") : canvas.closest(".card")).querySelectorAll("tbody tr").length,
              }));
            }
            """);

        Assert.IsGreaterThanOrEqualTo(14, charts.GetArrayLength());
        foreach (JsonElement chart in charts.EnumerateArray())
        {
            Assert.IsGreaterThan(2, chart.GetProperty("colours").GetInt32(), chart.ToString());
            Assert.IsGreaterThan(0, chart.GetProperty("rows").GetInt32(), chart.ToString());
            Assert.StartsWith("Chart: ", chart.GetProperty("label").GetString()!);
        }
    }

    /// <summary>A card with the id of another part of the page gets that part's place and style.</summary>
    [TestMethod]
    public async Task EachPartOfThePage_HasAnIdOfItsOwn()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        string[] ids = await Page(context).EvaluateAsync<string[]>("() => { drawRest(); return [...document.querySelectorAll('[id]')].map(one => one.id); }");

        Assert.IsGreaterThan(40, ids.Length);
        Assert.AreSequenceEqual(ids.Distinct(), ids);
    }

    [TestMethod]
    [DataRow(1280)]
    [DataRow(1600)]
    [DataRow(390)]
    public async Task EachTable_IsAsWideAsItsCard(int width)
    {
        await using IBrowserContext context = await OpenAsync(_file);
        await Page(context).SetViewportSizeAsync(width, 900);

        string[] narrow = await Page(context).EvaluateAsync<string[]>("""
            () => {
              drawRest();
              return [...document.querySelectorAll(".card > .scroll")]
                .filter(one => one.clientWidth < .85 * one.parentElement.clientWidth)
                .map(one => `${one.parentElement.id} ${one.clientWidth} of ${one.parentElement.clientWidth}`);
            }
            """);

        Assert.IsEmpty(narrow, string.Join('\n', narrow));
    }

    [TestMethod]
    [DataRow(1280)]
    [DataRow(1400)]
    public async Task TheTiles_AreInOneLine_BesideTheFindings(int width)
    {
        await using IBrowserContext context = await OpenAsync(_file);
        await Page(context).SetViewportSizeAsync(width, 900);

        int[] tops = await Page(context).EvaluateAsync<int[]>("""
            () => {
              const large = ["19,940", "18,524", "1,339", "77", "60", "1,538", "500"];
              const tiles = [...document.querySelectorAll(".tile")];
              tiles.forEach((tile, i) => { tile.querySelector("strong").textContent = large[i]; });
              return tiles.map(tile => Math.round(tile.getBoundingClientRect().top));
            }
            """);
        Assert.HasCount(1, tops.Distinct(), string.Join(' ', tops));
    }

    [TestMethod]
    public async Task Figures_AreThoseOfJson()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        JsonElement json = ReportFile.Json(_file.Report);
        string embedded = (await Page(context).TextContentAsync("#report"))!;
        Assert.IsTrue(JsonElement.DeepEquals(json, JsonDocument.Parse(embedded).RootElement));
        Dictionary<string, string[][]> page = await TablesAsync(context);
        foreach (ReportTable table in _file.Report.Tables.Where(table => table.Id != "success-rate" && (table.Rows.Count > 0 || page.ContainsKey(table.Id))))
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
    public async Task ClickingAName_FiltersLikeWhere(string section, string axis, string? value, string? field = null)
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
    public async Task TwoFilters_AreCombined_AndCanBeRemoved()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        await ClickNameAsync(context, "failures", "Direction", "push");
        await Page(context).ClickAsync("#tiles [data-value=error]");
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
        await page.WaitForFunctionAsync("() => Chart.getChart(document.querySelector('#publish-modes canvas'))");
        JsonElement bar = await page.EvaluateAsync<JsonElement>("""
            () => {
              const canvas = document.querySelector("#publish-modes canvas");
              const chart = Chart.getChart(canvas);
              const bar = chart.getDatasetMeta(0).data[0];
              return { x: (bar.base + bar.x) / 2, y: bar.y, label: chart.data.labels[0] };
            }
            """);

        await page.Locator("#publish-modes canvas").ClickAsync(
            new() { Position = new() { X = bar.GetProperty("x").GetSingle(), Y = bar.GetProperty("y").GetSingle() } });

        await AssertFiguresAsync(context, _file.Run(new() { Where = ["PublishMode=" + bar.GetProperty("label").GetString()] }));
    }

    [TestMethod]
    public async Task Keyboard_ReachesCharts_FiltersAndRemoves()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        IPage page = Page(context);
        for (int i = 0; i < 400 && !await IsFocusedAsync("#failures canvas"); i++)
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

        Task<bool> IsFocusedAsync(string selector) =>
            page.EvaluateAsync<bool>("selector => document.activeElement === document.querySelector(selector)", selector);
    }

    [TestMethod]
    public async Task FilteringByKeyboard_KeepsTheFocus()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        IPage page = Page(context);
        await page.EvaluateAsync("() => { document.querySelector('#publish-modes details').open = true; }");
        await page.FocusAsync("#publish-modes tbody button >> nth=0");

        await page.Keyboard.PressAsync("Enter");

        Assert.AreEqual(
            "true",
            await page.EvaluateAsync<string>("() => document.activeElement.closest('#publish-modes') && document.activeElement.getAttribute('aria-pressed')"));
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task Texts_HaveEnoughContrast(ColorScheme scheme)
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ColorScheme = scheme });
        await ClickNameAsync(context, "failures", "Direction", "push");
        await Page(context).ClickAsync("#tiles [data-value=error]");
        await OpenAllAsync(context);

        CollectionAssert.AreEqual(Array.Empty<string>(), await Page(context).EvaluateAsync<string[]>(LowContrasts));
    }

    [TestMethod]
    public async Task DarkMode_IsFollowed_WhileThePageIsOpen()
    {
        const string Colours =
            "() => [getComputedStyle(document.body).backgroundColor, Chart.getChart(document.querySelector('canvas')).options.scales.category.ticks.color]";
        await using IBrowserContext context = await OpenAsync(_file, new() { ColorScheme = ColorScheme.Light });
        string[] light = await Page(context).EvaluateAsync<string[]>(Colours);

        await Page(context).EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Page(context).WaitForFunctionAsync(
            "before => Chart.getChart(document.querySelector('canvas')).options.scales.category.ticks.color !== before", light[1]);
        string[] dark = await Page(context).EvaluateAsync<string[]>(Colours);

        CollectionAssert.AreEqual(new[] { "rgb(244, 244, 243)", "#1c1d1f" }, light);
        CollectionAssert.AreEqual(new[] { "rgb(20, 21, 23)", "#e8e9eb" }, dark);
    }

    [TestMethod]
    [DataRow(360)]
    [DataRow(390)]
    [DataRow(768)]
    [DataRow(1280)]
    [DataRow(1400)]
    public async Task Page_CutsNoText(int width)
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ViewportSize = new() { Width = width, Height = 740 } });
        await ClickNameAsync(context, "base-images", "BaseImageTag", "8.0");
        await OpenAllAsync(context);

        Assert.IsLessThanOrEqualTo(width, await Page(context).EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.IsLessThanOrEqualTo(
            width,
            await Page(context).EvaluateAsync<int>(
                "() => Math.max(...[...document.querySelectorAll('canvas')].map(one => Math.ceil(one.getBoundingClientRect().right)))"));
        CollectionAssert.AreEqual(
            Array.Empty<string>(),
            await Page(context).EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.closest('.card').id)"));
    }

    [TestMethod]
    public async Task PrintedPage_HasAllTables_InLightColours()
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ColorScheme = ColorScheme.Dark });
        IPage page = Page(context);
        await page.EvaluateAsync("""
            () => addEventListener("beforeprint", () => {
              window.onPaper = {
                closed: document.querySelectorAll("details:not([open])").length,
                text: Chart.getChart(document.querySelector("canvas")).options.scales.category.ticks.color,
              };
            })
            """);

        byte[] pdf = await page.PdfAsync(new() { Format = "A4" });

        JsonElement paper = await page.EvaluateAsync<JsonElement>("() => window.onPaper");
        Assert.AreEqual(0, paper.GetProperty("closed").GetInt32());
        Assert.AreEqual("#1c1d1f", paper.GetProperty("text").GetString());
        Assert.IsTrue(pdf.AsSpan().StartsWith("%PDF-"u8));
        Assert.IsGreaterThan(20_000, pdf.Length);
        Assert.AreEqual(0, await page.EvaluateAsync<int>("() => document.querySelectorAll('details[open]').length"));
    }

    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task Axe_FindsNothing(ColorScheme scheme)
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ColorScheme = scheme });
        await ClickNameAsync(context, "failures", "Direction", "push");
        await OpenAllAsync(context);

        AxeResult result = await Page(context).RunAxe();

        Assert.AreEqual(
            "",
            string.Join(
                '\n',
                result.Violations.Select(static violation => $"{violation.Id}: {string.Join(' ', violation.Nodes.Take(3).Select(static node => node.Html))}")));
    }

    [TestMethod]
    public async Task Filters_AreInTheAddress()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        await ClickNameAsync(context, "failures", "Direction", "push");
        await ClickNameAsync(context, "publish-modes", "PublishMode", "SelfContained");
        string url = Page(context).Url;

        Assert.EndsWith("#?Direction=push&PublishMode=SelfContained", url);
        await using IBrowserContext other = await OpenAsync(_file, address: url[url.IndexOf('#', StringComparison.Ordinal)..]);
        await AssertFiguresAsync(other, _file.Run(new() { Where = ["Direction=push", "PublishMode=SelfContained"] }));

        await Page(context).GoBackAsync();
        await AssertFiguresAsync(context, _file.Run(new() { Where = ["Direction=push"] }));
        CollectionAssert.AreEqual(new[] { "Direction = push ✕" }, (await Page(context).Locator("#chosen button").AllTextContentsAsync()).ToArray());
        await Page(context).GoBackAsync();
        Assert.AreEqual(0, await Page(context).Locator("#chosen button").CountAsync());
    }

    /// <summary>Whatever a dimension's value is, a click filters by it, and the address of the page keeps it.</summary>
    [TestMethod]
    [DataRow("payments")]
    [DataRow("a=b&c=d#e?f+g%20h")]
    [DataRow("and or (x), 'y' \"z\"")]
    [DataRow("<script>alert(1)</script>")]
    [DataRow("مشروع 🚀")]
    [DataRow("two\nlines")]
    public async Task ADimension_IsNamedAsItIsTyped_AndItsValuesAreKeptInTheAddress(string value)
    {
        using ReportFile file = ReportFile.Create(
            publishes: 60,
            query: new() { By = ["dimension.team"] },
            lines: text => text.Replace("\"payments\"", JsonSerializer.Serialize(value), StringComparison.Ordinal));
        await using IBrowserContext context = await OpenAsync(file);

        await OpenAllAsync(context);
        await Page(context).Locator("#by tbody th button").First.ClickAsync();

        string chip = (await Page(context).Locator("#chosen button").TextContentAsync())!;
        string url = Page(context).Url;
        // A line feed is harmless as a space, as in all output.
        Assert.AreEqual($"team = {value.Replace('\n', ' ')} ✕", chip);
        Assert.Contains("#?team=", url);
        await using IBrowserContext other = await OpenAsync(file, address: url[url.IndexOf('#', StringComparison.Ordinal)..]);
        Assert.AreEqual(chip, await Page(other).Locator("#chosen button").TextContentAsync());
        await using IBrowserContext old = await OpenAsync(file, address: url[url.IndexOf('#', StringComparison.Ordinal)..].Replace("team", "dimension.team", StringComparison.Ordinal));
        Assert.AreEqual(chip, await Page(old).Locator("#chosen button").TextContentAsync());
    }

    [TestMethod]
    public async Task OnAPhone_NoTableScrollsInItsCard_AndALongOneShowsItsRestOnRequest()
    {
        await using IBrowserContext context = await OpenAsync(_file, new() { ViewportSize = new() { Width = 390, Height = 740 } });
        await OpenAllAsync(context);

        Assert.IsEmpty(await Page(context).EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".scroll:has(.stacked)")]
              .filter(one => one.scrollHeight > one.clientHeight + 1).map(one => one.closest(".card").id)
            """));
        ILocator more = Page(context).Locator("#base-images .more");
        Assert.AreEqual(10, await VisibleAsync());
        await more.ClickAsync();
        Assert.AreEqual(_file.Report.Tables.Single(static table => table.Id == "base-images").Rows.Count, await VisibleAsync());
        Assert.IsFalse(await more.IsVisibleAsync());

        async Task<int> VisibleAsync() => await Page(context).EvaluateAsync<int>(
            "() => [...document.querySelectorAll('#base-images tbody tr')].filter(row => row.checkVisibility()).length");
    }

    [TestMethod]
    public async Task ContentsAreLinks_ThatLeaveTheFilters()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        await ClickNameAsync(context, "failures", "Direction", "push");

        await Page(context).ClickAsync("nav a[href='#group-speed']");

        Assert.EndsWith("#?Direction=push", Page(context).Url);
        Assert.AreEqual("group-speed", await Page(context).EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [TestMethod]
    public async Task TwoValuesOfOneField_AreAlternatives()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        await ClickNameAsync(context, "publish-modes", "PublishMode", "SelfContained");
        long one = _file.Run(new() { Where = ["PublishMode=SelfContained"] }).Publishes;
        await Page(context).EvaluateAsync("() => toggle([['PublishMode', 'Trimmed']])");
        long other = _file.Run(new() { Where = ["PublishMode=Trimmed"] }).Publishes;

        Assert.AreEqual($"{one + other:N0} of {_file.Report.Publishes:N0} publishes", await Page(context).TextContentAsync("#counts"));
        Assert.Contains("Values of one field are alternatives (or)", (await Page(context).TextContentAsync("#hint"))!);
    }

    [TestMethod]
    public async Task AHundredButtonsAndBars_AreClicked_WithoutAnError()
    {
        await using IBrowserContext context = await OpenAsync(_file);

        int clicked = await Page(context).EvaluateAsync<int>("""
            async () => {
              document.querySelectorAll("details").forEach(one => { one.open = true; });
              let clicked = 0;
              for (let i = 0; clicked < 100; i++) {
                drawRest();
                const buttons = [...document.querySelectorAll("main button, #filters button")].filter(one => one.checkVisibility());
                buttons[i * 37 % buttons.length].click();
                const charts = [...document.querySelectorAll("canvas")].map(canvas => Chart.getChart(canvas)).filter(chart => chart);
                if (charts.length > 0) {
                  const chart = charts[i * 7 % charts.length];
                  const bars = chart.getDatasetMeta(chart.data.datasets.length - 1).data;
                  const place = chart.canvas.getBoundingClientRect();
                  const bar = bars[i % bars.length];
                  chart.canvas.dispatchEvent(new MouseEvent("click", { clientX: place.x + bar.x, clientY: place.y + bar.y, bubbles: true }));
                  clicked++;
                }
                clicked++;
                await new Promise(done => setTimeout(done));
              }
              return clicked;
            }
            """);

        Assert.IsGreaterThanOrEqualTo(100, clicked);
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task Tables_AreSorted_AndSavedAsTheToolWritesThem()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        IPage page = Page(context);
        await page.EvaluateAsync("() => { drawRest(); document.querySelector('#failures details').open = true; }");
        ReportTable table = _file.Report.Tables.Single(static one => one.Id == "failures");
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#failures .save"));
        using var expected = new StringWriter { NewLine = "\n" };
        CsvRenderer.Write([table], expected);
        Assert.AreEqual("failures.csv", download.SuggestedFilename);
        Assert.AreEqual(expected.ToString(), (await File.ReadAllTextAsync(await download.PathAsync())).ReplaceLineEndings("\n"));

        await page.ClickAsync("#failures th button:text-is('Users')");

        string[][] rows = (await TablesAsync(context))["failures"];
        int[] users = Array.ConvertAll(rows, row => int.Parse(row[5], NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        CollectionAssert.AreEqual(users.OrderDescending().ToArray(), users);
        Assert.AreEqual("descending", await page.GetAttributeAsync("#failures th:has(button:text-is('Users'))", "aria-sort"));
    }

    [TestMethod]
    public async Task Numbers_AreWrittenAsTheToolWritesThem()
    {
        await using IBrowserContext context = await OpenAsync(_file);
        var random = new Random(1);
        long[] numbers =
        [
            0, 1, 999, 1000, 1023, 1024, 102_348, 102_349, 1_048_063, 1_048_064, 999_499, 999_500, 59_949, 59_950, 3_599_999, 86_399_999,
            .. Enumerable.Range(0, 300).Select(_ => (long)Math.Pow(10, random.NextDouble() * 15)),
        ];
        double[] fractions =
        [
            0, 1, 1e-7, -3e-9, 5e-52, double.Epsilon, -0.0004, 0.0005, 0.0002, 0.9998, 0.9995, 0.99949, 0.9999999999999999, 0.12345, 9.9999, 14, 1234.5678,
            -12, -0.4444, .. Enumerable.Range(0, 300).Select(_ => (random.NextDouble() * 3) - 1),
        ];
        foreach (ColumnKind kind in new[] { ColumnKind.Count, ColumnKind.Bytes, ColumnKind.Duration })
        {
            CollectionAssert.AreEqual(Array.ConvertAll(numbers, number => CellText.Format(kind, number)), await FormatAsync(kind, numbers));
        }

        foreach (ColumnKind kind in new[] { ColumnKind.Percent, ColumnKind.Points })
        {
            CollectionAssert.AreEqual(Array.ConvertAll(fractions, fraction => CellText.Format(kind, fraction)), await FormatAsync(kind, fractions));
        }

        Task<string[]> FormatAsync<T>(ColumnKind kind, T[] cells) =>
            Page(context).EvaluateAsync<string[]>(
                "([kind, cells]) => cells.map(cell => format(kind, cell))", new object[] { kind.ToString().ToLowerInvariant(), cells });
    }

    [TestMethod]
    public async Task NamesOfRows_AreNotRounded()
    {
        using ReportFile file = ReportFile.Create(publishes: 300, query: new() { By = ["Duration"], Limit = "100" });
        await using IBrowserContext context = await OpenAsync(file);

        ReportTable table = file.Report.Tables.Single();
        string[] expected = [.. table.Rows.Select(row => table.Columns[0].Format(row[0]))];
        CollectionAssert.AreEqual(expected, (await TablesAsync(context))["by"].Select(static row => row[0]).ToArray());
        Assert.AreEqual(expected.Length, expected.Distinct().Count());
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task FiltersOfTheReport_AreShownAsOneFilter()
    {
        string[] where = ["PushType=Azure or PullType=Azure", "SdkVersion!='a or b'", "Error=timeout", "Error=tls_failure"];
        using ReportFile file = ReportFile.Create(publishes: 30, query: new() { Where = where });
        await using IBrowserContext context = await OpenAsync(file);

        string shown = (await Page(context).TextContentAsync("#question"))!;
        Assert.AreEqual("Only " + file.Report.Query.Where, shown);
        Assert.Contains("(PushType=Azure or PullType=Azure) and ", shown);
    }

    [TestMethod]
    public async Task FewPublishes_AreShownOneByOne_WithoutCharts()
    {
        using ReportFile file = ReportFile.Create(publishes: 8);
        await using IBrowserContext context = await OpenAsync(file);

        Assert.AreEqual(0, await Page(context).Locator("canvas:visible").CountAsync());
        Assert.AreEqual(file.Report.Publishes, await Page(context).Locator("#squares li").CountAsync());
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task TooManyPublishesToCarry_AreShown_ButNotFiltered()
    {
        using ReportFile file = ReportFile.Create(publishes: 300, static report => report with { Rows = null });
        await using IBrowserContext context = await OpenAsync(file);

        Assert.AreEqual("300", await TileAsync(context, "Publishes"));
        Assert.AreEqual(0, await Page(context).Locator("main button[data-axis]").CountAsync());
        Assert.Contains("too many publishes to filter", (await Page(context).TextContentAsync("#reading"))!);
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task TextFromElsewhere_IsShown_NotRun()
    {
        const string Hostile = "</script><script>window.ran = true</script><!--<script>\u2028<img src=x onerror='window.ran = true'>";
        var table = new ReportTable("by", Hostile, [new("Hostile", Hostile, ColumnKind.Text), new("Publishes", "Publishes", ColumnKind.Count)], Hostile);
        table.Add(Hostile, 1L);
        using ReportFile file = ReportFile.Create(publishes: 10, report => report with { Tables = [table], Title = Hostile });
        await using IBrowserContext context = await OpenAsync(file);

        Assert.Contains("<img src=x onerror='window.ran = true'>", (await Page(context).TextContentAsync("h1"))!);
        Assert.Contains("<img src=x onerror='window.ran = true'>", await Page(context).TitleAsync());
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
        Assert.AreEqual(Lines(Rows(expected)), Lines(page));
    }

    [TestMethod]
    [DataRow("Outcome,PublishMode")]
    [DataRow("PushType,PublishMode")]
    public async Task GroupedReport_UnderAFilter_CountsUnfinishedPublishes(string by)
    {
        using ReportFile file = ReportFile.Create(publishes: 2_000, query: new() { By = [by] });
        await using IBrowserContext context = await OpenAsync(file);

        await Page(context).EvaluateAsync("() => toggle([['PublishMode', 'FrameworkDependent']])");

        ReportResult expected = file.Run(new() { By = [by], Where = ["PublishMode=FrameworkDependent"] });
        Assert.IsGreaterThan(0, expected.Unfinished);
        Assert.IsLessThan(file.Report.Unfinished, expected.Unfinished);
        Assert.AreEqual(Lines(Rows(expected.Tables.Single())), Lines((await TablesAsync(context))["by"]));
        Assert.IsEmpty(_complaints);
    }

    [TestMethod]
    public async Task GroupedReport_WithoutFindings_HasNoHoleBesideItsHeadline()
    {
        using ReportFile file = ReportFile.Create(publishes: 300, query: new() { By = ["SdkVersion"] });
        await using IBrowserContext context = await OpenAsync(file);
        await Page(context).SetViewportSizeAsync(1280, 900);

        Assert.IsTrue(await Page(context).EvaluateAsync<bool>(
            "() => document.querySelector('#headline').clientWidth === document.querySelector('#by').clientWidth"));
        Assert.AreEqual("Groups", await Page(context).TextContentAsync("#sections h2"));
    }

    [TestMethod]
    public async Task GroupedReport_UnderAFilter_HasTheOrderAndTheLimitsOfItsQuery()
    {
        var query = new ReportQueryText { By = ["SdkVersion,PublishMode"], Sort = "DurationP95", Minimum = "5", Limit = "3" };
        using ReportFile file = ReportFile.Create(publishes: 1000, query: query);
        await using IBrowserContext context = await OpenAsync(file);

        await Page(context).EvaluateAsync("() => toggle([['PublishMode', 'FrameworkDependent']])");

        ReportTable expected = file.Run(query with { Where = ["PublishMode=FrameworkDependent"] }).Tables.Single();
        string[][] page = (await TablesAsync(context))["by"];
        Assert.HasCount(3, page);
        Assert.AreEqual(string.Join('\n', Rows(expected).Select(static row => string.Join(" | ", row))), string.Join('\n', page.Select(static row => string.Join(" | ", row))));
    }

    [TestMethod]
    public async Task SlowestDestinations_OfTheSameTime_BeginWithTheOneOfMostPublishes_AsInTheTool()
    {
        using ReportFile file = ReportFile.Create(publishes: 30);
        await using IBrowserContext context = await OpenAsync(file);

        string order = await Page(context).EvaluateAsync<string>(
            """
            () => {
              const positions = [...Array(20).fill(0), ...Array(25).fill(1), ...Array(20).fill(2)];
              publishes = {
                axes: new Map([["PushType", axisOf({ values: [["AWS"], ["Azure"], ["GitHub"]] }, positions)]]),
                numbers: new Map([["Duration", positions.map(position => position === 2 ? -1 : 100)]]),
              };
              selection = { trend: positions.map((_, row) => row), previous: [] };
              return slowestTable().map(row => row.PushType).join(" ");
            }
            """);

        Assert.AreEqual("Azure AWS GitHub", order);
    }

    [TestMethod]
    public async Task AReportOnOwnEvents_CallsThemEvents()
    {
        using ReportFile file = ReportFile.Create(publishes: 30, static report => report with { Query = report.Query with { Subject = ReportSubject.OwnEvents } });
        await using IBrowserContext context = await OpenAsync(file);

        Assert.AreEqual($"{file.Report.Publishes} events", await Page(context).TextContentAsync("#counts"));
        Assert.Contains("of events succeeded", (await Page(context).TextContentAsync("#headline"))!);
        Assert.IsEmpty(_complaints);
    }

    private static IPage Page(IBrowserContext context) => context.Pages[0];

    private static IEnumerable<string[]> Rows(ReportTable table) =>
        table.Rows.Select(row => row.Select((cell, column) => CellText.Format(table.Columns[column].Kind, cell)).ToArray());

    /// <summary>Rows as text, sorted, so that the order of equal rows does not matter.</summary>
    private static string Lines(IEnumerable<string[]> rows) =>
        string.Join('\n', rows.Select(static row => string.Join(" | ", row)).Order(StringComparer.Ordinal));

    /// <summary>Renders and opens everything that a reader reaches by scrolling and clicking.</summary>
    private static async Task OpenAllAsync(IBrowserContext context) => await Page(context).EvaluateAsync(
        """
        async () => {
          drawRest();
          document.querySelectorAll('details').forEach(one => { one.open = true; });
          await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        }
        """);

    private static async Task ClickNameAsync(IBrowserContext context, string section, string axis, string value)
    {
        await Page(context).EvaluateAsync(
            "section => { drawRest(); const details = document.querySelector(`#${section} details`); if (details) { details.open = true; } }", section);
        await Page(context).Locator($"#{section} button[data-axis='{axis}'][data-value='{value}']").First.ClickAsync();
    }

    private static async Task<Dictionary<string, string[][]>> TablesAsync(IBrowserContext context) =>
        (await Page(context).EvaluateAsync<JsonElement>(LinesOfPage)).EnumerateArray()
            .ToDictionary(static table => table.GetProperty("id").GetString()!, static table => table.GetProperty("rows").Deserialize<string[][]>()!);

    private static async Task<string> TileAsync(IBrowserContext context, string column) =>
        (await Page(context).TextContentAsync($"#tiles [data-column={column}] strong"))!;

    /// <summary>Compares all tables of the page with a report of the same publishes.</summary>
    private static async Task AssertFiguresAsync(IBrowserContext context, ReportResult expected)
    {
        Dictionary<string, string[][]> page = await TablesAsync(context);
        foreach (ReportTable table in expected.Tables.Where(table => page.ContainsKey(table.Id) && !OfAllPublishes.Contains(table.Id)))
        {
            // The page has a row for each part of the whole period, even if the filter leaves no publish in it.
            bool isTime = table.Id == "over-time";
            string[] columns = await Page(context).EvaluateAsync<string[]>("id => tableOf(id).columns.map(column => column.id)", table.Id);
            IEnumerable<string[]> wanted = table.Rows.Select(row => columns.Select(id => CellOf(table, row, id)).ToArray());
            Assert.AreEqual(Lines(wanted.Where(IsAny)), Lines(page[table.Id].Where(IsAny)), table.Id);

            bool IsAny(string[] row) => !isTime || row[1] != "0";
        }

        Assert.IsGreaterThan(15, page.Count);
        string[] unfiltered = await Page(context).EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.unfiltered:not([hidden])')].map(one => one.closest('.card').id)");
        Assert.AreEqual("", string.Join(' ', unfiltered.Except(OfAllPublishes)));
        ReportTable whole = expected.Tables.Single(static table => table.Id == "success-rate");
        foreach (string column in new[] { "Publishes", "Succeeded", "Failed", "Canceled", "Unfinished", "Users", "Projects" })
        {
            Assert.AreEqual(CellOf(whole, whole.Rows[0], column), await TileAsync(context, column));
        }

        string rate = CellOf(whole, whole.Rows[0], "SuccessRate");
        Assert.AreEqual(rate.Length == 0 ? "–" : rate, await Page(context).TextContentAsync("#rate"));
    }

    /// <summary>A cell as shown. The page keeps columns for values that a filter has removed from the report; these show 0.</summary>
    private static string CellOf(ReportTable table, object?[] row, string id)
    {
        int index = table.Columns.ToList().FindIndex(column => column.Id == id);
        return index < 0 ? "0" : CellText.Format(table.Columns[index].Kind, row[index]);
    }

    private async Task<IBrowserContext> OpenAsync(ReportFile file, BrowserNewContextOptions? options = null, string address = "")
    {
        IBrowserContext context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(Browser.HangLimit);
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
        await page.GotoAsync(file.Url + address);
        await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        return context;
    }
}
