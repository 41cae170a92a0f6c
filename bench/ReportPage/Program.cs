using System.Globalization;
using Containers.Telemetry.ReportPage.Tests;
using Containers.Telemetry.Reports;
using Containers.Telemetry.Reports.Querying;
using Containers.Telemetry.Reports.Rendering;
using Containers.Telemetry.StoreGenerator;
using Microsoft.Playwright;

// How long the page of a report takes to be seen, and to follow a filter: dotnet run -c Release --project bench/ReportPage [-- PUBLISHES]
const int Runs = 7;
int publishes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
string folder = Directory.CreateTempSubdirectory("containers-telemetry-page-").FullName;
try
{
    string store = Directory.CreateDirectory(Path.Combine(folder, "events")).FullName;
    GeneratedStore.Write(store, publishes, seed: 1);
    string file = Path.Combine(folder, "report.html");
    await using (FileStream output = File.Create(file))
    {
        HtmlRenderer.Write(Report.Run([store], new ReportQuery { IsFilterable = true }, null, DateTimeOffset.UtcNow), output);
    }

    using IPlaywright playwright = await Playwright.CreateAsync();
    await using IBrowser browser = await Browser.StartAsync(playwright);
    double[] paints = new double[Runs];
    double[] filters = new double[Runs];
    for (int run = 0; run < Runs; run++)
    {
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0 && cards.every(card => card.isDrawn)");
        paints[run] = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        filters[run] = await page.EvaluateAsync<double>("() => { const start = performance.now(); toggle([['PublishMode', 'SelfContained']]); return performance.now() - start; }");
        await page.CloseAsync();
    }

    Array.Sort(paints);
    Array.Sort(filters);
    Console.WriteLine(FormattableString.Invariant(
        $"{publishes:N0} publishes, {new FileInfo(file).Length / 1e6:0.0} MB: first paint {paints[Runs / 2]:0} ms, a filter {filters[Runs / 2]:0} ms (medians of {Runs})"));
}
finally
{
    Directory.Delete(folder, recursive: true);
}
