using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Containers.Telemetry.Surroundings;

namespace Containers.Telemetry.Observation;

/// <summary>Detects a cancellation that MSBuild has not reported to a task, or not yet.</summary>
/// <remarks>
/// While no task of this package runs, MSBuild cannot report it to one. While one runs, Ctrl+C also ends the programs that the SDK waits for, such as
/// docker or a credential helper, and the task fails before MSBuild cancels it.
/// Ctrl+C reaches the processes of the terminal as SIGINT. An MSBuild server, and a node of an earlier build, get a message from their client instead.
/// In each process that builds a project, MSBuild throws a <c>BuildAbortedException</c> on cancellation.
/// </remarks>
internal sealed class CancellationWatch : IDisposable
{
    private const string AbortedException = "Microsoft.Build.Exceptions.BuildAbortedException";

    // A terminal signals its processes one after the other: a task host may notice that its parent ended before it gets its own signal.
    private static readonly TimeSpan SignalDelay = TimeSpan.FromMilliseconds(100);

    private readonly PosixSignalRegistration _interrupt;
    private readonly ManualResetEventSlim _canceled = new();

    public CancellationWatch()
    {
        // Only to observe: MSBuild decides about Ctrl+C.
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => _canceled.Set());
        AppDomain.CurrentDomain.FirstChanceException += OnThrown;
    }

    /// <summary>Whether a cancellation was seen so far.</summary>
    public bool SawCancellation => _canceled.IsSet;

    /// <summary>
    /// Determines whether the build that ends was canceled; null if unknown: a task host that is canceled between two tasks ends as after a failure.
    /// In a task host, waits up to 100 ms for the signal.
    /// </summary>
    public bool? DetermineCancellation()
    {
        if (_canceled.IsSet)
        {
            return true;
        }

        return !IsTaskHost() ? false : _canceled.Wait(SignalDelay) ? true : null;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnThrown;
        _interrupt.Dispose();
    }

    // Runs between the throw and its handler: nothing here may throw.
    private void OnThrown(object? sender, FirstChanceExceptionEventArgs e)
    {
        Type type = e.Exception.GetType();
        if (type.FullName == AbortedException && e.Exception.Message == DefaultMessage(type))
        {
            _canceled.Set();
        }
    }

    // A node that cannot be started aborts a build, too, with its own message.
    private static string? DefaultMessage(Type type)
    {
        try
        {
            return (Activator.CreateInstance(type) as Exception)?.Message;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static bool IsTaskHost() =>
        MSBuildSurroundings.Detect(MachineEnvironment.Current, buildingInsideVisualStudio: false, runtimeType: null).NodeMode is MSBuildNodeMode.TaskHost;
}
