using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Output;
using Spectre.Console;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>A bar that fills while a large store is read, where somebody watches.</summary>
internal sealed class ReadingProgressBar(Terminal terminal)
{
    /// <summary>Does some work, which reports how far its reading has come.</summary>
    public T Show<T>(Func<IProgress<ReadProgress>?, T> work)
    {
        if (!terminal.UsesEscapes)
        {
            return work(null);
        }

        using IDisposable cursor = SpectreTerminal.KeepCursor();
        return SpectreTerminal.Create(terminal)
            .Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .Start(progress => work(new Bar(progress.AddTask("Reading", autoStart: true, maxValue: 1))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value)
        {
            task.MaxValue = Math.Max(1, value.TotalBytes);
            task.Value = value.BytesRead;
        }
    }
}
