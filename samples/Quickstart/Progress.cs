using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Containers.Telemetry.Quickstart;

/// <summary>Tells what is being done: a spinner at a terminal, and a line for each step that is done, everywhere.</summary>
internal sealed class Progress(IAnsiConsole console)
{
    /// <summary>Does one step.</summary>
    /// <param name="step">What it is; plain text.</param>
    /// <param name="work">Does it.</param>
    /// <param name="describe">How it ended; plain text.</param>
    public async Task<T> RunAsync<T>(string step, Func<Task<T>> work, Func<T, string> describe)
    {
        long start = Stopwatch.GetTimestamp();
        T result = console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi
            ? await console.Status().StartAsync(Markup.Escape(step), _ => work())
            : await work();
        string seconds = Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{step}: {describe(result)} [grey]({seconds} s)[/]");
        return result;
    }
}
