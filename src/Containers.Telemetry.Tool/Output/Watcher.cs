using System.Runtime.InteropServices;

namespace Containers.Telemetry.Tool.Output;

/// <summary>Follows until Ctrl+C, or until the program that reads the output has ended. Both mean success.</summary>
internal sealed class Watcher : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration _interrupt;

    public Watcher(Terminal terminal, TimeProvider clock)
    {
        _terminal = terminal;
        _clock = clock;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            // A second Ctrl+C ends the process at once.
            signal.Cancel = !_interrupted.IsCancellationRequested;
            _interrupted.Cancel();
        });
    }

    public bool IsWatching => !_interrupted.IsCancellationRequested && !_terminal.IsReaderGone();

    /// <summary>Waits for a time, or until the end of following.</summary>
    /// <returns>Whether to go on.</returns>
    public bool Wait(TimeSpan time)
    {
        for (TimeSpan left = time; left > TimeSpan.Zero && IsWatching; left -= Glance)
        {
            Task.Delay(left < Glance ? left : Glance, _clock).Wait();
        }

        return IsWatching;
    }

    /// <summary>Waits for work that may hang, at most until Ctrl+C.</summary>
    /// <returns>Its result; nothing after Ctrl+C.</returns>
    public IReadOnlyList<T> Await<T>(Func<IReadOnlyList<T>> work)
    {
        try
        {
            return Task.Run(work).WaitAsync(_interrupted.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_interrupted.IsCancellationRequested)
        {
            return [];
        }
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _interrupted.Dispose();
    }
}
