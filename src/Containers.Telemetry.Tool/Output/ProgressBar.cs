using Containers.Telemetry.Output;
using Spectre.Console;

namespace Containers.Telemetry.Tool.Output;

/// <summary>A progress bar, on an interactive terminal.</summary>
internal sealed class ProgressBar(Terminal terminal)
{
    /// <summary>Does some work that reports its progress.</summary>
    /// <param name="work">The work. It gets a function to report the completed part and the whole; null without an interactive terminal.</param>
    /// <param name="columns">The columns beside the bar and the percentage.</param>
    public T Show<T>(string title, Func<Action<long, long>?, T> work, params ProgressColumn[] columns)
    {
        if (!terminal.UsesEscapes)
        {
            return work(null);
        }

        using IDisposable cursor = SpectreTerminal.KeepCursor();
        return SpectreTerminal.Create(terminal)
            .Progress()
            .AutoClear(true)
            .Columns([new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), .. columns, new RemainingTimeColumn()])
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask(Markup.Escape(HarmlessText.Line(title)), autoStart: true, maxValue: 1);
                return work((done, whole) =>
                {
                    task.MaxValue = Math.Max(1, whole);
                    task.Value = done;
                });
            });
    }

    /// <summary>The same for work that reads files, and counts their bytes.</summary>
    public T ShowBytes<T>(string title, Func<Action<long, long>?, T> work) => Show(title, work, new DownloadedColumn());
}
