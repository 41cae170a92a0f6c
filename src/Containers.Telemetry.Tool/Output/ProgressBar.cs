using Containers.Telemetry.Output;
using Spectre.Console;

namespace Containers.Telemetry.Tool.Output;

/// <summary>A progress bar, on an interactive terminal.</summary>
internal sealed class ProgressBar(Terminal terminal)
{
    /// <summary>Does some work that reports its progress.</summary>
    /// <param name="work">The work. It gets a function to report the completed part and the whole; null without an interactive terminal.</param>
    /// <param name="columns">The columns beside the bar and the percentage.</param>
    public T Show<T>(string title, Func<Action<long, long>?, T> work, params ProgressColumn[] columns) =>
        Show(title, work, isEndless: false, [new PercentageColumn(), .. columns, new RemainingTimeColumn()]);

    /// <summary>The same for work that reads files, and counts their bytes.</summary>
    /// <param name="isEndless">Whether the whole is not known, as that of a pipe.</param>
    public T ShowBytes<T>(string title, Func<Action<long, long>?, T> work, bool isEndless = false) =>
        isEndless ? Show(title, work, isEndless, []) : Show(title, work, new DownloadedColumn());

    private T Show<T>(string title, Func<Action<long, long>?, T> work, bool isEndless, ProgressColumn[] columns)
    {
        if (!terminal.UsesEscapes)
        {
            return work(null);
        }

        using IDisposable cursor = SpectreTerminal.KeepCursor();
        return SpectreTerminal.Create(terminal)
            .Progress()
            .AutoClear(true)
            .Columns([new TaskDescriptionColumn(), new ProgressBarColumn(), .. columns])
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask(Markup.Escape(HarmlessText.Line(title)), autoStart: true, maxValue: 1);
                task.IsIndeterminate = isEndless;
                return work((done, whole) =>
                {
                    if (isEndless)
                    {
                        task.Description = Markup.Escape(HarmlessText.Line($"{title} {HumanFormat.Size(done)}"));
                        return;
                    }

                    task.MaxValue = Math.Max(1, whole);
                    task.Value = done;
                });
            });
    }
}
