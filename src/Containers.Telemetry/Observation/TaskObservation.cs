using System.Diagnostics;
using Containers.Telemetry.Events;
using Containers.Telemetry.Events.Schema;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Observation;

/// <summary>The observation of one run of one task of the SDK.</summary>
internal sealed class TaskObservation : IDisposable
{
    // Errors beyond these do not change the first cause.
    private const int MaxErrors = 16;

    private readonly ThrownExceptions _thrown = new();
    private readonly RegistryResponses _responses = new();
    private readonly CancellationWatch _cancellation = new();
    private readonly List<LoggedError> _errors = [];
    private readonly List<SdkTelemetryEvent> _sdkEvents = [];
    private readonly long _began = Stopwatch.GetTimestamp();
    private volatile bool _cancelRequested;
    private TimeSpan? _duration;
    private BuildMessageEventArgs? _newestMessage;

    public DateTimeOffset Start { get; } = DateTimeOffset.UtcNow;

    /// <summary>The duration of the task. First read when it has ended.</summary>
    public TimeSpan Duration => _duration ??= Stopwatch.GetElapsedTime(_began);

    /// <summary>Time from the start until the configuration of the base image arrived; null if that was not observed.</summary>
    public TimeSpan? PullDuration => _responses.Pulled is { } pulled ? Stopwatch.GetElapsedTime(_began, pulled) : null;

    /// <summary>Time from the first request of the push to the end of the task; null if no such request was observed.</summary>
    public TimeSpan? PushDuration => _responses.PushBegan is { } began ? Duration - Stopwatch.GetElapsedTime(_began, began) : null;

    /// <summary>The exception that left the task, or null.</summary>
    public Exception? Escaped { get; private set; }

    public bool CancelRequested => _cancelRequested || _cancellation.SawCancellation;

    /// <summary>Whether the task logged an error or threw an exception.</summary>
    public bool HasErrors => Escaped is not null || _errors.Count > 0;

    /// <summary>Number of blobs that the task uploaded to a registry; null if it was not observed.</summary>
    public int? UploadedBlobCount => _responses.UploadedBlobCount;

    /// <summary>Whether the SDK itself reported a success. It does so for refused pushes, too, but never for a publish that it gave up.</summary>
    public bool SdkReportedSuccess => FindSdkEvent(EventNames.Success) is not null;

    /// <summary>Whether the task gave up without an error: it returns success when a request is canceled or times out.</summary>
    public bool GaveUp => !SdkReportedSuccess && (CancelRequested || _thrown.Newest() is [OperationCanceledException, ..]);

    /// <summary>The text of the newest message of high importance, or null. Formatted lazily, since few publishes need it.</summary>
    public string? NewestMessage => _newestMessage?.Message;

    /// <summary>Returns the last event of the SDK with this name, or null.</summary>
    public SdkTelemetryEvent? FindSdkEvent(string name)
    {
        lock (_sdkEvents)
        {
            return _sdkEvents.FindLast(sdkEvent => sdkEvent.Name == name);
        }
    }

    public void OnCancel() => _cancelRequested = true;

    public void OnError(BuildErrorEventArgs error)
    {
        lock (_errors)
        {
            if (_errors.Count < MaxErrors)
            {
                _errors.Add(new LoggedError(error.Code, error.Message, _thrown.Newest()));
            }
        }
    }

    /// <summary>Records a message of high importance. Only the newest is kept: the last one of a push names its destination.</summary>
    public void OnMessage(BuildMessageEventArgs message) => _newestMessage = message;

    public void OnSdkEvent(string name, IDictionary<string, string> properties)
    {
        lock (_sdkEvents)
        {
            _sdkEvents.Add(new SdkTelemetryEvent(name, new Dictionary<string, string?>(properties!, StringComparer.Ordinal)));
        }
    }

    /// <summary>Records an exception that leaves the task.</summary>
    /// <returns>Always false, so that an exception filter lets it pass with its original stack.</returns>
    public bool Escapes(Exception exception)
    {
        Escaped = exception;
        return false;
    }

    public void AddDurationTo(ContainerEvent containerEvent) => containerEvent.Set(DetailFields.TaskDuration, (long)Duration.TotalMilliseconds);

    /// <param name="phase">The direction of the task's transfer.</param>
    /// <param name="isForLocalDaemon">Whether the image was meant for docker or podman.</param>
    /// <param name="provedByParameters">The kind that the task's parameters prove; null when they prove none.</param>
    public FailureEvidence Evidence(TransferDirection phase, bool isForLocalDaemon = false, ErrorKind? provedByParameters = null)
    {
        lock (_errors)
        {
            return new FailureEvidence
            {
                Escaped = Escaped,
                Errors = [.. _errors],
                Exceptions = _thrown.Newest(),
                Refused = _responses.NewestRefusals(),
                SdkError = FindSdkEvent(EventNames.Error)?.Value("error"),
                CancelRequested = CancelRequested,
                Phase = phase,
                IsForLocalDaemon = isForLocalDaemon,
                ProvedByParameters = provedByParameters,
            };
        }
    }

    public void Dispose()
    {
        _cancellation.Dispose();
        _responses.Dispose();
        _thrown.Dispose();
    }
}
