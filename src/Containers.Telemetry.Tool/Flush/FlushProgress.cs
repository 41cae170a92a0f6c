using Containers.Telemetry.Tool.Output;
using Spectre.Console;

namespace Containers.Telemetry.Tool.Flush;

/// <summary>A bar that fills while records are sent, where somebody watches.</summary>
internal sealed class FlushProgress(Terminal terminal)
{
    /// <summary>Runs some work, which tells the number of records that are sent so far.</summary>
    public void Show(string title, long total, Action<Action<long>> work)
    {
        if (!terminal.UsesEscapes)
        {
            work(static _ => { });
            return;
        }

        using IDisposable cursor = SpectreTerminal.KeepCursor();
        SpectreTerminal.Create(terminal)
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total));
                work(sent => task.Value = sent);
                task.Value = task.MaxValue;
            });
    }
}
