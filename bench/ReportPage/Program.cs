using Containers.Telemetry.PublishOverhead;
using Containers.Telemetry.ReportPage.Tests;
using Containers.Telemetry.ReportPageBench;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.StoreGenerator;
using Microsoft.Playwright;

// Measures how long the page of a report takes to appear, and to apply a filter; or takes its pictures for the docs.
const string Usage = """
    Measures the page of a report in headless Chromium: its first paint, and a filter.

    Usage:
      dotnet run -c Release --project bench/ReportPage [-- options]

    Options:
      --publishes N      Number of publishes to generate (default 20000).
      --runs N           Times that the page is opened (default 15).
      --pictures FOLDER  Take the pictures of docs/images instead.
      --help             Show this text.
    """;

int publishes = 20_000;
int runs = 15;
string? pictures = null;
for (int i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--publishes" when PositiveNumber.At(++i, args) is { } number:
            publishes = number;
            break;
        case "--runs" when PositiveNumber.At(++i, args) is { } number:
            runs = number;
            break;
        case "--pictures" when ++i < args.Length:
            pictures = Path.GetFullPath(args[i]);
            break;
        default:
            Console.WriteLine(Usage);
            return args[i] is "--help" or "-h" ? 0 : 2;
    }
}

string folder = Directory.CreateTempSubdirectory("containers-telemetry-page-").FullName;
try
{
    string store = Directory.CreateDirectory(Path.Combine(folder, "events")).FullName;
    GeneratedStore.Write(store, publishes, seed: 1);
    string file = Path.Combine(folder, "report.html");
    await using (FileStream output = File.Create(file))
    {
        // The day of the questions in the docs, so that pictures do not change from day to day.
        HtmlRenderer.Write(Report.Run([store], new ReportQuery { IsFilterable = true }, null, new DateTimeOffset(2026, 11, 15, 0, 0, 0, TimeSpan.Zero)), output);
    }

    using IPlaywright playwright = await Playwright.CreateAsync();
    await using IBrowser browser = await Browser.StartAsync(playwright);
    if (pictures is not null)
    {
        await Pictures.TakeAsync(browser, new Uri(file), pictures);
        return 0;
    }

    double[] paints = new double[runs];
    double[] filters = new double[runs];
    for (int run = 0; run < runs; run++)
    {
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0 && cards.every(card => card.isDrawn)");
        paints[run] = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        filters[run] = await page.EvaluateAsync<double>("() => { const start = performance.now(); toggle([['PublishMode', 'SelfContained']]); return performance.now() - start; }");
        await page.CloseAsync();
    }

    Console.WriteLine(FormattableString.Invariant($"{publishes:N0} publishes, {new FileInfo(file).Length / 1e6:0.0} MB, {runs} runs: first paint {Text(paints)}, a filter {Text(filters)}"));
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static string Text(double[] times)
{
    var quartiles = Quartiles.Of(times);
    return FormattableString.Invariant($"{quartiles.Median:0} ms ({quartiles.Lower:0} to {quartiles.Upper:0})");
}
