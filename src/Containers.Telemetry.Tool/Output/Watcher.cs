using System.Runtime.InteropServices;

namespace Containers.Telemetry.Tool.Output;

/// <summary>Who looks at what comes: until Ctrl+C, or until the program that reads has ended. Then the command has done what it was asked to.</summary>
internal sealed class Watcher : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration _interrupt;

    /// <param name="terminal">Where results go.</param>
    /// <param name="clock">The time to wait by.</param>
    public Watcher(Terminal terminal, TimeProvider clock)
    {
        _terminal = terminal;
        _clock = clock;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            // Who interrupts twice does not want to wait for what the first time ends.
            signal.Cancel = !_interrupted.IsCancellationRequested;
            _interrupted.Cancel();
        });
    }

    /// <summary>Whether somebody looks.</summary>
    public bool IsWatching => !_interrupted.IsCancellationRequested && !_terminal.IsReaderGone();

    /// <summary>Waits, no longer than somebody looks.</summary>
    /// <returns>Whether somebody still looks.</returns>
    public bool Wait(TimeSpan time)
    {
        for (TimeSpan left = time; left > TimeSpan.Zero && IsWatching; left -= Glance)
        {
            Task.Delay(left < Glance ? left : Glance, _clock).Wait();
        }

        return IsWatching;
    }

    /// <summary>Waits for work that may hang, no longer than until Ctrl+C.</summary>
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
