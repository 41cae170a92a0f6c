using System.Diagnostics;
using System.Net;
using Containers.Telemetry.Failures;

namespace Containers.Telemetry.Observation;

/// <summary>
/// Records the answers of registries to the requests of one task. The SDK does not report the status of a refused token, and up to 8.0.4xx not of a
/// manifest or a blob either; nor the number of uploaded blobs, or the durations of pull and push.
/// </summary>
/// <remarks>The events before a request and after a response start no activity, so that requests get no other header.</remarks>
internal sealed class RegistryResponses : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const int Kept = 16;
    private const string ListenerName = "HttpHandlerDiagnosticListener";
    private const string RequestEvent = "System.Net.Http.Request";
    private const string ResponseEvent = "System.Net.Http.Response";

    private static readonly AsyncLocal<RegistryResponses?> Current = new();

    private readonly RegistryResponses? _outer;
    private readonly IDisposable _listeners;
    private readonly Queue<RefusedRequest> _oldestRefusalFirst = new(Kept);
    private IDisposable? _responses;
    private int _uploadedBlobCount;
    private long _pulled;
    private long _pushBegan;
    private volatile bool _hasResponse;
    private volatile bool _hasFailed;

    public RegistryResponses()
    {
        _outer = Current.Value;
        Current.Value = this;
        _listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    /// <summary>Number of blobs that were uploaded completely; null if not every response was observed, as with the runtime's diagnostics disabled.</summary>
    public int? UploadedBlobCount => _hasResponse && !_hasFailed ? Volatile.Read(ref _uploadedBlobCount) : null;

    /// <summary>The arrival of the first blob, the configuration of the base image, as a timestamp of <see cref="Stopwatch"/>; null before that.</summary>
    public long? Pulled => NullIfNever(ref _pulled);

    /// <summary>The first request of a push, as a timestamp of <see cref="Stopwatch"/>; null before that.</summary>
    public long? PushBegan => NullIfNever(ref _pushBegan);

    /// <summary>The last requests that were refused, newest first.</summary>
    public IReadOnlyList<RefusedRequest> NewestRefusals()
    {
        lock (_oldestRefusalFirst)
        {
            return [.. _oldestRefusalFirst.Reverse()];
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == ListenerName)
        {
            _responses = value.Subscribe(this, static name => name is RequestEvent or ResponseEvent);
        }
    }

    // Runs within the request: an exception here would fail it.
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value != this)
        {
            return;
        }

        try
        {
            FaultInjection.Point("request");
            if (value.Key == RequestEvent)
            {
                NoteRequest(value.Value);
            }
            else if (Property(value.Value, "Response") is HttpResponseMessage { RequestMessage: { } request } response)
            {
                Note(request, response.StatusCode);
                _hasResponse = true;
            }
        }
        catch (Exception)
        {
            // A failed observation is lost; it must not affect the request.
            _hasFailed = true;
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _listeners.Dispose();
        _responses?.Dispose();
        Current.Value = _outer;
    }

    // The runtime documents the properties, but the types are internal.
    private static object? Property(object? payload, string name) => payload?.GetType().GetProperty(name)?.GetValue(payload);

    private static long? NullIfNever(ref long timestamp) => Volatile.Read(ref timestamp) is not 0 and var known ? known : null;

    private void NoteRequest(object? payload)
    {
        // Skip all but the first before reading anything.
        if (_pushBegan == 0 && Property(payload, "Request") is HttpRequestMessage request && IsPush(request))
        {
            Interlocked.CompareExchange(ref _pushBegan, Stopwatch.GetTimestamp(), 0);
        }
    }

    private static bool IsPush(HttpRequestMessage request) =>
        request.Method != HttpMethod.Get && ProtocolSteps.Of(request) is not (ProtocolStep.None or ProtocolStep.Token);

    private void Note(HttpRequestMessage request, HttpStatusCode status)
    {
        ProtocolStep step = ProtocolSteps.Of(request);
        if (status >= HttpStatusCode.BadRequest)
        {
            AddRefusal(new RefusedRequest(step, (int)status));
        }
        else if (status is HttpStatusCode.Created && step is ProtocolStep.Finish)
        {
            Interlocked.Increment(ref _uploadedBlobCount);
        }
        else if (status is HttpStatusCode.OK && step is ProtocolStep.Blob)
        {
            Interlocked.CompareExchange(ref _pulled, Stopwatch.GetTimestamp(), 0);
        }
    }

    private void AddRefusal(RefusedRequest request)
    {
        lock (_oldestRefusalFirst)
        {
            if (_oldestRefusalFirst.Count == Kept)
            {
                _oldestRefusalFirst.Dequeue();
            }

            _oldestRefusalFirst.Enqueue(request);
        }
    }
}
