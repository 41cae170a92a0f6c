using Containers.Telemetry.Reports.Reading;
using Containers.Telemetry.Tool.Output;

namespace Containers.Telemetry.Tool.Reporting;

/// <summary>A progress bar for reading a large store, on an interactive terminal.</summary>
internal sealed class ReadingProgressBar(Terminal terminal)
{
    /// <summary>Does some work, which reports its progress.</summary>
    public T Show<T>(Func<IProgress<ReadProgress>?, T> work) =>
        new ProgressBar(terminal).ShowBytes("Reading", show => work(show is null ? null : new Bar(show)));

    private sealed class Bar(Action<long, long> show) : IProgress<ReadProgress>
    {
        public void Report(ReadProgress value) => show(value.BytesRead, value.TotalBytes);
    }
}
