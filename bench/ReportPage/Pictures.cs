using Microsoft.Playwright;

namespace Containers.Telemetry.ReportPageBench;

/// <summary>The pictures of the page in docs/images: at three widths, dark, and printed.</summary>
internal static class Pictures
{
    private const int Wide = 1400;
    private const int Tablet = 820;
    private const int Phone = 390;
    private const int Paper = 794;

    /// <summary>Takes the pictures.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="page">The page's address.</param>
    /// <param name="folder">Full path of the destination folder.</param>
    public static async Task TakeAsync(IBrowser browser, Uri page, string folder)
    {
        await TakeAsync(browser, page, Path.Combine(folder, "report.png"), Wide, 900);
        await TakeAsync(browser, page, Path.Combine(folder, "report-dark.png"), Wide, 900, ColorScheme.Dark);
        await TakeAsync(browser, page, Path.Combine(folder, "report-tablet.png"), Tablet, 1100);
        await TakeAsync(browser, page, Path.Combine(folder, "report-phone.png"), Phone, 1200);
        await TakeAsync(browser, page, Path.Combine(folder, "report-print.png"), Paper, 1123, media: Media.Print);
    }

    private static async Task TakeAsync(IBrowser browser, Uri address, string file, int width, int height, ColorScheme scheme = ColorScheme.Light, Media media = Media.Screen)
    {
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        await page.GotoAsync(address.AbsoluteUri);
        await page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        if (media is Media.Print)
        {
            await page.EmulateMediaAsync(new() { Media = media });
            await page.EvaluateAsync("() => window.dispatchEvent(new Event('beforeprint'))");
        }

        await page.EvaluateAsync("() => document.fonts.ready");
        await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
        await page.CloseAsync();
    }
}
