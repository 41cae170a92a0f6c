using Microsoft.Playwright;

namespace Containers.Telemetry.ReportPage.Tests;

/// <summary>The machine's Chromium, headless and without any network access of its own.</summary>
internal static class Browser
{
    // The headless shell is the same engine without a window, which takes as long to draw as the page.
    private static readonly string[] Candidates = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>The time limit in milliseconds for one operation of the browser: long enough for a busy machine.</summary>
    public const float HangLimit = 300_000;

    /// <summary>The path of Chromium; null if it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(static folder => Candidates.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static Task<IBrowser> StartAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments, Headless = true, Timeout = HangLimit });
}
