using System.Runtime.ExceptionServices;

namespace Containers.Telemetry.Observation;

/// <summary>Records the last exceptions of one task, on any thread. The SDK logs localized sentences, without type, HTTP status and socket error.</summary>
internal sealed class ThrownExceptions : IDisposable
{
    private const int Kept = 8;

    private static readonly AsyncLocal<ThrownExceptions?> Current = new();

    private readonly ThrownExceptions? _outer;
    private readonly Exception?[] _newestFirst = new Exception?[Kept];
    private int _count;

    public ThrownExceptions()
    {
        _outer = Current.Value;
        Current.Value = this;
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
    }

    /// <summary>The distinct exceptions so far, newest first.</summary>
    public IReadOnlyList<Exception> Newest()
    {
        lock (_newestFirst)
        {
            var copy = new Exception[_count];
            Array.Copy(_newestFirst, copy, _count);
            return copy;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        Current.Value = _outer;
    }

    // Runs between the throw and its handler: nothing here may throw.
    private static void OnThrown(object? sender, FirstChanceExceptionEventArgs e) => Current.Value?.Add(e.Exception);

    private void Add(Exception exception)
    {
        lock (_newestFirst)
        {
            // Each await rethrows an exception; it counts once, in its newest position.
            int end = Array.IndexOf(_newestFirst, exception, 0, _count);
            if (end < 0)
            {
                end = _count < Kept ? _count++ : Kept - 1;
            }

            for (int i = end; i > 0; i--)
            {
                _newestFirst[i] = _newestFirst[i - 1];
            }

            _newestFirst[0] = exception;
        }
    }
}
