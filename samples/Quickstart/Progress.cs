using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Containers.Telemetry.Quickstart;

/// <summary>Shows progress: a line for each completed step, and on a terminal a spinner.</summary>
internal sealed class Progress(IAnsiConsole console)
{
    /// <summary>Runs a step.</summary>
    /// <param name="step">The name of the step; plain text.</param>
    /// <param name="work">The work.</param>
    /// <param name="describe">Returns the result as plain text.</param>
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
