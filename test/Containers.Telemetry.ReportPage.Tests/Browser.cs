using Microsoft.Playwright;

namespace Containers.Telemetry.ReportPage.Tests;

/// <summary>The machine's own Chromium, without a window, and with all of its own use of the network off.</summary>
internal static class Browser
{
    // The shell is the same engine without a browser's window, which takes as long to draw as the page.
    private static readonly string[] Candidates = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>In milliseconds, what a browser may take for one thing that it is asked for: out of reach of a busy machine.</summary>
    public const float HangLimit = 300_000;

    /// <summary>The path of Chromium; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(static folder => Candidates.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static Task<IBrowser> StartAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments, Headless = true, Timeout = HangLimit });
}
