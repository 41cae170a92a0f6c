using Containers.Telemetry.Failures;
using Containers.Telemetry.Observation;

namespace Containers.Telemetry.Publishing;

/// <summary>
/// The beginning and the end of a publish. MSBuild runs no target after one that failed, but disposes of this when the build ends. A publish that
/// is still open then has failed or was canceled.
/// </summary>
internal sealed class BracketedPublish(ContainerPublish publish, ImageTransfer image) : IDisposable
{
    private readonly CancellationWatch _cancellation = new();
    private bool _isClosed;

    /// <summary>Closes the bracket: the publish has not failed, or another task reports its outcome.</summary>
    public void Close()
    {
        _isClosed = true;
        _cancellation.Dispose();
    }

    /// <summary>Reports a publish that is still open as failed or canceled, or as unfinished if that cannot be determined.</summary>
    public void Dispose()
    {
        try
        {
            bool isOpen = !_isClosed && publish.IsOpen;
            bool? isCanceled = isOpen ? _cancellation.DetermineCancellation() : null;
            Close();
            if (isOpen)
            {
                FaultInjection.Point("bracket-end");
                ErrorKind kind = isCanceled switch
                {
                    true => ErrorKind.Canceled,
                    false => ErrorKind.Unknown,
                    null => ErrorKind.Unfinished,
                };
                var failure = new Failure(kind, TransferDirection.None, Code: null, HttpStatus: null, ExceptionType: null);
                publish.ReportOutcome(engine: null, OutcomeEvents.Create(image, failure), new CancellationToken(kind is ErrorKind.Canceled));
            }
        }
        catch (Exception)
        {
            // The build is over and accepts no messages. MSBuild would report an exception as its own.
        }
    }
}
