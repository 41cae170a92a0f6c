using System.Runtime.InteropServices;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Publishing;

/// <summary>
/// The beginning and the end of a publish. MSBuild runs no target after one that failed, so what tells of a failure that no task has told of
/// is the end of the build: MSBuild disposes of this then, and a publish that is still open has failed.
/// </summary>
internal sealed class BracketedPublish : IDisposable
{
    private readonly ContainerPublish _publish;
    private readonly ImageTransfer _image;
    private readonly PosixSignalRegistration _interrupt;
    private bool _isClosed;
    private volatile bool _isInterrupted;

    /// <param name="publish">The publish.</param>
    /// <param name="image">Where the image comes from and where it goes.</param>
    public BracketedPublish(ContainerPublish publish, ImageTransfer image)
    {
        _publish = publish;
        _image = image;

        // Only to look on: what Ctrl+C does to the build is up to MSBuild.
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => _isInterrupted = true);
    }

    /// <summary>Says that the publish has not failed, or that somebody else tells how it ends.</summary>
    public void Close()
    {
        _isClosed = true;
        _interrupt.Dispose();
    }

    /// <summary>Reports a publish that is still open as failed.</summary>
    public void Dispose()
    {
        try
        {
            bool isOpen = !_isClosed && _publish.IsOpen;
            Close();
            if (isOpen)
            {
                FaultInjection.Point("bracket-end");
                ErrorKind kind = _isInterrupted ? ErrorKind.Canceled : ErrorKind.Unknown;
                var failure = new Failure(kind, TransferDirection.None, Code: null, HttpStatus: null, ExceptionType: null);
                _publish.ReportOutcome(engine: null, OutcomeEvents.Create(_image, failure), new CancellationToken(_isInterrupted));
            }
        }
        catch (Exception)
        {
            // The build is over and takes no message. To MSBuild this would be a fault of its own.
        }
    }
}
